# syntax=docker/dockerfile:1
FROM node:24.18.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && rm -rf dist/test && npm prune --omit=dev

FROM node:24.18.0-bookworm-slim
# Posters of videos, pages of office documents with Chinese text, and the text of scanned pages.
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ffmpeg fonts-noto-cjk libheif-examples libreoffice-calc libreoffice-impress libreoffice-writer \
    tesseract-ocr tesseract-ocr-chi-sim \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
RUN mkdir /data && chown node:node /data
USER node
ENV NODE_ENV=production DATA_DIR=/data
VOLUME /data
EXPOSE 3000 3001
# Room for objects as `npm start` gives it. For new ones Node.js 24 takes 128 MiB otherwise, which a server at rest never
# needs; old ones lie about until they are four times what is in use, when their room has no bound.
CMD ["node", "--max-semi-space-size=8", "--max-old-space-size=2000", "--enable-source-maps", "dist/server/main.js"]
