// Loaded before a child of start.ts: when the channel to the parent closes, even by a kill -9 of it, the child is told
// to stop as if it had got the signal itself.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
