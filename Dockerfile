# The server in a container: docker build -t vcf-upgrade-server .
# No health check: it has no port to ask. Home Assistant tells whether it lives (sensor.vcf_server), `check` whether all is well.
FROM node:24-slim

ENV NODE_ENV=production STATE_DIR=/state
WORKDIR /opt/vcf-upgrade-server

# Optional dependencies are a Node of their own: this image has one.
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund && npm cache clean --force

# Node runs the TypeScript as it stands.
COPY bin bin
COPY shared shared
COPY server server

RUN install --directory --owner=node --group=node --mode=0700 /state
USER node
VOLUME /state

ENTRYPOINT ["node", "bin/vcf-upgrade-server.js"]
