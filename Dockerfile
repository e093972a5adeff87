# The executable in an image. Build the executable first: npm ci && npm run executable -- linux-x64
ARG BASE=debian:bookworm-slim
FROM ${BASE}
# Node needs this library, and a slim Debian does not have it.
RUN apt-get update && apt-get install -y --no-install-recommends libatomic1 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --no-create-home ciam-testkit
COPY dist-executable/ciam-testkit-linux-x64 /usr/local/bin/ciam-testkit
USER ciam-testkit
EXPOSE 4010
# This address needs no token. The image has no curl, so bash sends the request.
HEALTHCHECK --interval=5s --timeout=3s --start-period=5s CMD ["bash", "-c", "\
  exec 3<>/dev/tcp/127.0.0.1/4010 && \
  printf 'GET /__testkit/jwks.json HTTP/1.1\\r\\nHost: 127.0.0.1:4010\\r\\nConnection: close\\r\\n\\r\\n' >&3 && \
  read -r status <&3 && [[ $status == *' 200 '* ]]"]
ENTRYPOINT ["ciam-testkit"]
CMD ["serve", "--host", "0.0.0.0"]
