// Preloaded into the server by start.mjs: when start.mjs is gone, killed without a chance to pass it on, stop gracefully
// rather than keep the port and the database for nobody.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
