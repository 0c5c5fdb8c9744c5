import { parentPort, workerData } from 'node:worker_threads';
import { trainInSteps } from './training';

/** Entry point of the training thread. */
for (const trained of trainInSteps(workerData)) parentPort?.postMessage(trained);
