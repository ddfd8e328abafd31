// "localhost" is this machine (RFC 6761, 6.3), also where nobody has written /etc/hosts: browsers and libcurl know that,
// Node asks the system.
import dns from 'node:dns';

for (const place of [dns, dns.promises]) {
  const lookup = place.lookup;
  place.lookup = (name, ...rest) => lookup(name === 'localhost' ? '127.0.0.1' : name, ...rest);
}
