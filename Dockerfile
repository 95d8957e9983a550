# The server in a container: docker build -t vcf-upgrade-server .
# No health check: it has no port to ask. Home Assistant tells whether it lives (sensor.vcf_server), `check` whether all is well.
FROM node:24-slim

ENV NODE_ENV=production
WORKDIR /opt/vcf-upgrade-server

# Optional dependencies are a Node of their own: this image has one.
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund && npm cache clean --force

# Node runs the TypeScript as it stands.
COPY bin bin
COPY shared shared
COPY server server

# One folder for settings, secrets and state, as without a container; paths in the settings count from here.
RUN install --directory --owner=node --group=node --mode=0700 /data
USER node
VOLUME /data
WORKDIR /data
ENTRYPOINT ["node", "/opt/vcf-upgrade-server/bin/vcf-upgrade-server.js"]
