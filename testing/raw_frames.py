"""Passes Ethernet frames between a network interface and standard input and output, each after its length in two
octets, most significant first. Node has no packet sockets. Its first line of standard error says that it is ready."""

import socket
import struct
import sys
import threading

ETH_P_ALL = 3
PACKET_ADD_MEMBERSHIP = 1
PACKET_MR_PROMISC = 1
SOL_PACKET = 263


def whole(stream, length):
    octets = stream.read(length)
    return octets if len(octets) == length else None


def send_all(link):
    while (size := whole(sys.stdin.buffer, 2)) is not None:
        frame = whole(sys.stdin.buffer, struct.unpack("!H", size)[0])
        if frame is None:
            break
        try:
            link.send(frame)
        except OSError as error:
            print(f"a frame was not sent: {error}", file=sys.stderr, flush=True)


def receive_all(link):
    while True:
        frame, address = link.recvfrom(65535)
        if address[2] == socket.PACKET_OUTGOING:
            continue
        sys.stdout.buffer.write(struct.pack("!H", len(frame)) + frame)
        sys.stdout.buffer.flush()


link = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 * 1024 * 1024)
link.bind((sys.argv[1], ETH_P_ALL))
promiscuous = struct.pack("iHH8s", socket.if_nametoindex(sys.argv[1]), PACKET_MR_PROMISC, 0, b"")
link.setsockopt(SOL_PACKET, PACKET_ADD_MEMBERSHIP, promiscuous)
print("ready", file=sys.stderr, flush=True)
threading.Thread(target=receive_all, args=(link,), daemon=True).start()
send_all(link)
