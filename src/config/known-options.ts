/**
 * The options of the original's sections, those of its libraries included: a file that was written for it may
 * set any of them. What this version declares itself is read; for the others there is a warning.
 */
export const knownOptions: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    DEFAULT: `
      listen_address listen_port listen_unix_socket listen_unix_socket_mode host auth_strategy
      http_basic_auth_user_file timeout clean_up_period leader_election_interval use_ssl max_concurrency
      introspection_delay ipmi_address_fields rootwrap_config api_max_limit can_manage_boot enable_mdns standalone
      debug log_config_append log_config log-config log_date_format log_file logfile log_dir logdir watch_log_file use_syslog
      use_journal syslog_log_facility use_json use_stderr log_color log_rotate_interval log_rotate_interval_type
      max_logfile_count max_logfile_size_mb log_rotation_type logging_context_format_string
      logging_default_format_string logging_debug_format_suffix logging_exception_prefix
      logging_user_identity_format default_log_levels publish_errors instance_format instance_uuid_format
      rate_limit_interval rate_limit_burst rate_limit_except_level fatal_deprecations
      log_options graceful_shutdown_timeout backdoor_port backdoor_socket api_paste_config wsgi_log_format
      tcp_keepidle wsgi_default_pool_size max_header_line wsgi_keep_alive client_socket_timeout wsgi_server_debug
      transport_url executor_thread_pool_size rpc_thread_pool_size rpc_response_timeout control_exchange
      rpc_ping_enabled rpc_conn_pool_size conn_pool_min_size conn_pool_ttl`,
    accelerators: 'known_devices',
    cache: `
      config_prefix expiration_time backend_expiration_time backend backend_argument proxies enabled
      debug_cache_backend memcache_servers memcache_dead_retry memcache_socket_timeout memcache_pool_maxsize
      memcache_pool_unused_timeout memcache_pool_connection_get_timeout memcache_pool_flush_on_reconnect
      memcache_sasl_enabled memcache_username memcache_password redis_server redis_db redis_username
      redis_password redis_sentinels redis_socket_timeout redis_sentinel_service_name tls_enabled tls_cafile
      tls_certfile tls_keyfile tls_allowed_ciphers enable_socket_keepalive socket_keepalive_idle
      socket_keepalive_interval socket_keepalive_count enable_retry_client retry_attempts retry_delay
      hashclient_retry_attempts hashclient_retry_delay dead_timeout enforce_fips_mode`,
    capabilities: 'boot_mode cpu_flags',
    coordination: 'backend_url',
    cors: 'allowed_origin allow_credentials expose_headers max_age allow_methods allow_headers',
    database: `
      connection slave_connection asyncio_connection asyncio_slave_connection backend sqlite_synchronous
      mysql_sql_mode mysql_wsrep_sync_wait connection_recycle_time max_pool_size max_overflow pool_timeout
      max_retries retry_interval connection_debug connection_trace use_db_reconnect db_retry_interval
      db_inc_retry_interval db_max_retry_interval db_max_retries connection_parameters`,
    discovery: 'enroll_node_driver enroll_node_fields enabled_bmc_address_version',
    dnsmasq_pxe_filter: 'dhcp_hostsdir purge_dhcp_hostsdir dnsmasq_start_command dnsmasq_stop_command',
    exception: 'fatal_exception_format_errors',
    extra_hardware: 'strict',
    healthcheck: `
      enabled path detailed backends allowed_source_ranges ignore_proxied_requests disable_by_file_path
      disable_by_file_paths enable_by_file_paths`,
    iptables: 'dnsmasq_interface firewall_chain ethoib_interfaces ip_version',
    ironic: `retry_interval max_retries ${clientOptions()}`,
    ironic_lib: 'fatal_exception_format_errors',
    keystone_authtoken: `
      www_authenticate_uri auth_uri auth_version delay_auth_decision http_connect_timeout http_request_max_retries
      cache memcached_servers memcache_servers token_cache_time memcache_security_strategy memcache_secret_key
      memcache_tls_enabled memcache_tls_cafile memcache_tls_certfile memcache_tls_keyfile
      memcache_tls_allowed_ciphers memcache_pool_dead_retry memcache_pool_maxsize memcache_pool_socket_timeout
      memcache_pool_unused_timeout memcache_pool_conn_get_timeout memcache_use_advanced_pool memcache_sasl_enabled
      memcache_username memcache_password include_service_catalog enforce_token_bind service_token_roles
      service_token_roles_required service_type interface region_name auth_host auth_port auth_protocol auth_admin_prefix identity_uri admin_token
      admin_user admin_password admin_tenant_name ${credentialOptions()}`,
    mdns: 'registration_attempts lookup_attempts params interfaces',
    oslo_concurrency: 'disable_process_locking lock_path',
    oslo_messaging_kafka: `
      kafka_max_fetch_bytes kafka_consumer_timeout consumer_group producer_batch_timeout producer_batch_size
      compression_codec enable_auto_commit max_poll_records security_protocol sasl_mechanism ssl_cafile
      ssl_client_cert_file ssl_client_key_file ssl_client_key_password`,
    oslo_messaging_metrics:
      'metrics_enabled metrics_buffer_size metrics_socket_file metrics_process_name metrics_thread_stop_timeout',
    oslo_messaging_notifications: 'driver transport_url topics retry',
    oslo_messaging_rabbit: `
      amqp_durable_queues amqp_auto_delete rpc_conn_pool_size conn_pool_min_size conn_pool_ttl ssl ssl_version
      ssl_key_file ssl_cert_file ssl_ca_file ssl_enforce_fips_mode heartbeat_in_pthread
      heartbeat_timeout_threshold heartbeat_rate kombu_reconnect_delay kombu_reconnect_splay kombu_compression
      kombu_missing_consumer_retry_timeout kombu_reconnect_timeout kombu_failover_strategy rabbit_login_method
      rabbit_retry_interval rabbit_retry_backoff rabbit_interval_max rabbit_ha_queues rabbit_quorum_queue
      rabbit_transient_quorum_queue rabbit_quorum_delivery_limit rabbit_quorum_max_memory_length
      rabbit_quorum_max_memory_bytes rabbit_transient_queues_ttl rabbit_qos_prefetch_count direct_mandatory_flag
      enable_cancel_on_failover use_queue_manager hostname processname rabbit_stream_fanout`,
    oslo_policy: `
      enforce_scope enforce_new_defaults policy_file policy_default_rule policy_dirs remote_content_type
      remote_ssl_verify_server_crt remote_ssl_ca_crt_file remote_ssl_client_crt_file remote_ssl_client_key_file
      remote_timeout`,
    pci_devices: 'alias',
    port_physnet: 'cidr_map',
    processing: `
      add_ports keep_ports overwrite_existing default_processing_hooks processing_hooks ramdisk_logs_dir
      always_store_ramdisk_logs node_not_found_hook store_data disk_partitioning_spacing
      ramdisk_logs_filename_format power_off permit_active_introspection update_pxe_enabled`,
    pxe_filter: 'driver sync_period deny_unknown_macs',
    service_catalog: clientOptions(),
    ssl: 'ca_file cert_file key_file version ciphers',
    swift: `delete_after container ${clientOptions()}`,
  }).map(([section, names]) => [section, new Set(names.trim().split(/\s+/))]),
);

/** Authentication, session and adapter options of every section that is about a client. */
function clientOptions(): string {
  return `
    ${credentialOptions()}
    timeout collect_timing split_loggers service_type service_name region_name valid_interfaces interface
    endpoint_override version min_version max_version connect_retries connect_retry_delay status_code_retries
    status_code_retry_delay retriable_status_codes`;
}

/** Authentication and TLS options. */
function credentialOptions(): string {
  return `
    auth_type auth_plugin auth_section auth_url username user_name password user_id user_domain_id
    user_domain_name project_id tenant_id project_name tenant_name project_domain_id project_domain_name domain_id
    domain_name system_scope trust_id default_domain_id default_domain_name endpoint application_credential_id
    application_credential_name application_credential_secret token cafile certfile keyfile insecure`;
}
