const port = Number(process.env.E2E_PORT ?? 18080)

/** Where the journeys' own system listens. */
export const addresses = {
  port,
  sandboxPort: port + 10,
  databasePort: port + 20,
  server: `http://localhost:${port}`,
  sandbox: `http://127.0.0.1:${port + 10}`,
}
