import type { Reporter, TestModule, Vitest } from 'vitest/node';

/**
 * Ends a run with the plain line `N passed, N failed, N skipped`, after everything else has been said. A file
 * that could not be loaded and an error outside of tests count as failed; a run without a test fails.
 */
export default class PlainReporter implements Reporter {
  #line = '0 passed, 0 failed, 0 skipped';
  #ran = false;

  onInit(vitest: Vitest): void {
    if (vitest.config.watch) return;
    process.once('exit', () => {
      if (!this.#ran && !process.exitCode) process.exitCode = 1;
      process.stdout.write(`${this.#line}\n`);
    });
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const count = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) count[countedAs(test.result().state)]++;
      const broken =
        module.errors().length > 0 ||
        [...module.children.allSuites()].some((suite) => suite.errors().length > 0);
      if (broken) count.failed++;
    }
    this.#ran = count.passed + count.failed > 0;
    this.#line = `${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`;
  }
}

/** A test that never got to its end did not pass. */
function countedAs(state: 'passed' | 'failed' | 'skipped' | 'pending'): 'passed' | 'failed' | 'skipped' {
  return state === 'pending' ? 'failed' : state;
}
