import { existsSync, readFileSync } from 'node:fs';

/** `problems` are failures that no single test stands for, such as a file that does not load. */
const none = (problem) => ({ passed: 0, failed: 1, skipped: [], problems: [problem] });

/** What Vitest's JSON report says. */
export const readVitest = (file, exitCode) => {
  if (!existsSync(file)) return none(`Vitest wrote no report (exit code ${exitCode})`);
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const tests = report.testResults.flatMap((each) => each.assertionResults);
  const failed = tests.filter((test) => test.status === 'failed').length;
  const skipped = tests
    .filter((test) => ['pending', 'skipped', 'todo', 'disabled'].includes(test.status))
    .map((test) => ({
      name: test.fullName,
      reason: test.status === 'todo' ? 'still to be written' : 'skipped in the test file',
    }));
  const problems = report.testResults
    .filter((each) => each.status === 'failed' && each.assertionResults.every((test) => test.status !== 'failed'))
    .map((each) => `${each.name}: ${each.message.split('\n')[0] || 'could not be run'}`);
  return finish('Vitest', exitCode, {
    passed: tests.filter((test) => test.status === 'passed').length,
    failed,
    skipped,
    problems,
  });
};

const specsOf = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)];

/** What Playwright's JSON report says. */
export const readPlaywright = (file, exitCode) => {
  if (!existsSync(file)) return none(`Playwright wrote no report (exit code ${exitCode})`);
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const tests = report.suites
    .flatMap(specsOf)
    .flatMap((spec) => spec.tests.map((test) => ({ ...test, title: spec.title })));
  const count = (...states) => tests.filter((test) => states.includes(test.status)).length;
  const skipped = tests
    .filter((test) => test.status === 'skipped')
    .map((test) => ({
      name: test.title,
      reason: test.annotations.find((each) => each.type === 'skip')?.description ?? 'an earlier test failed',
    }));
  const problems = report.errors.map((error) => error.message?.split('\n')[0] ?? 'an error outside of the tests');
  return finish('Playwright', exitCode, {
    passed: count('expected', 'flaky'),
    failed: count('unexpected'),
    skipped,
    problems,
  });
};

/** A runner that ran nothing, or that failed without a failed test, has failed. */
const finish = (runner, exitCode, result) => {
  const problems = [...result.problems];
  if (result.passed + result.failed === 0 && problems.length === 0) problems.push(`${runner} ran no test`);
  if (exitCode !== 0 && result.failed === 0 && problems.length === 0)
    problems.push(`${runner} failed outside of the tests (exit code ${exitCode})`);
  return { ...result, problems, failed: result.failed + problems.length };
};
