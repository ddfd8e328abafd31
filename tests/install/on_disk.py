"""Half a form is sent to the site, with a word in it, and its sender falls silent: is the word in a file of nginx's? usage: on_disk.py FOLDER"""
import pathlib
import socket
import ssl
import sys
import time

WORD = b"cykelverkstaden"
SITE = "lund.example"
LENGTH = 4_000_000


def files_with(word, folder):
    return [path for path in pathlib.Path(folder).rglob("*") if path.is_file() and word in path.read_bytes()]


def main():
    context = ssl.create_default_context(cafile="/root/ca.pem")
    with context.wrap_socket(socket.create_connection((SITE, 443)), server_hostname=SITE) as site:
        site.sendall((f"POST /iakttagelse HTTP/1.1\r\nHost: {SITE}\r\nOrigin: https://{SITE}\r\n"
                      f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {LENGTH}\r\n\r\ntext=").encode())
        site.sendall((WORD + b"+") * (LENGTH // 2 // (len(WORD) + 1)))
        time.sleep(2)
        found = files_with(WORD, sys.argv[1])
    print(found or "in no file")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
