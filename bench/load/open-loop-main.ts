import { type OpenLoopOptions, runOpenLoop } from './open-loop.ts'

// A process of its own, so that the server's answers do not wait for the bench and the bench's not for the server.
const result = await runOpenLoop(JSON.parse(process.argv[2] ?? '') as OpenLoopOptions)
process.stdout.write(JSON.stringify(result), () => process.exit(0))
