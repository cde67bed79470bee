# The runner of drills: plays the scenarios that are ordered on the drill page. Pinned as the server's image is.
#
#     docker build --file docker/drill-runner.Dockerfile --tag fenghuo-drill-runner:0.1.0 .

FROM node:24.21.0-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
COPY contracts/package.json contracts/
COPY gateway/package.json gateway/
COPY alarm-engine/package.json alarm-engine/
COPY screen/package.json screen/
COPY simulators/package.json simulators/
RUN npm ci --omit=dev --ignore-scripts --workspace contracts --workspace simulators

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production
# The server's user, since it reads accounts.json of the server's volume.
RUN groupadd --gid 10001 fenghuo \
 && useradd --uid 10001 --gid fenghuo --no-create-home --home-dir /data --shell /usr/sbin/nologin fenghuo
WORKDIR /app
COPY package.json ./
COPY --from=dependencies /app/node_modules node_modules
COPY contracts contracts
COPY simulators/package.json simulators/
COPY simulators/src simulators/src
COPY simulators/scenarios simulators/scenarios
USER 10001:10001
CMD ["node", "simulators/src/drill-runner.ts", "--estate", "/estate", "--database-file", "/run/secrets/database-url"]
