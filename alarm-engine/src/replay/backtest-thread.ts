import { parentPort, workerData } from 'node:worker_threads';
import { type BacktestWish, runBacktest } from './run-backtest.ts';

/** A thread that runs one backtest and says what came of it; what it throws ends it as an error of the thread. */
parentPort!.postMessage(await runBacktest(workerData as BacktestWish, () => {}));
