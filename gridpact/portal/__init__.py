"""The portal: pages in the browser for the operator, the buyers, the market and the holders.

The server reads, builds and simulates; it holds no key. What is to be signed is decoded in the page, shown there in
words, and signed by the wallet of whoever sits before it; the server sends it on. Pages call the library as the
commands do.
"""
