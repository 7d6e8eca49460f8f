import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { collectDefaultMetrics, register } from 'prom-client';

/** Express and nothing else, answering the JSON of the file named: what the framework alone costs. */
const answer: unknown = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
collectDefaultMetrics();
const app = express();
app.get('/', (_req, res) => void res.json(answer));
app.get('/metrics', async (_req, res) => void res.send(await register.metrics()));
const server = app.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.send?.({ ready: { application: `http://127.0.0.1:${port}` } });
});
for (const end of ['SIGTERM', 'disconnect']) process.on(end, () => process.exit(0));
