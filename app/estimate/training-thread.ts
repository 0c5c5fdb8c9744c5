import { parentPort, workerData } from 'node:worker_threads';
import { learn } from './training';

/** The trainer's own thread, so that no page waits while it works. */
for (const trained of learn(workerData)) parentPort?.postMessage(trained);
