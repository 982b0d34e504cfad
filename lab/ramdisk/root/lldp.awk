# Reads frames, a line of hex digits each, as a macvtap device gives them: ten octets for the driver, then Ethernet.
# Prints the TLVs of the first frame of LLDP (Ethernet type 88cc) as a JSON list of type and value, the end of the
# frame included; exits with 1 when there is none.

function number(digits,   i, sum) {
  for (i = 1; i <= length(digits); i++) sum = sum * 16 + index("0123456789abcdef", substr(digits, i, 1)) - 1
  return sum
}

substr($0, 45, 4) == "88cc" {
  separator = "["
  for (at = 49; at + 3 <= length($0); at += 4 + octets * 2) {
    head = number(substr($0, at, 4))
    kind = int(head / 512)
    octets = head % 512
    # A frame that was cut off ends at its last whole TLV.
    if (at + 3 + octets * 2 > length($0)) break
    printf "%s[%d,\"%s\"]", separator, kind, substr($0, at + 4, octets * 2)
    separator = ","
    if (kind == 0) break
  }
  if (separator == ",") {
    print "]"
    found = 1
    exit
  }
}

END { exit !found }
