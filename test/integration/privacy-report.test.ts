import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { htmlReport, jsonReport } from '../../server/features/privacy/report.ts';
import { bytesOf, type PrivacyHarness, startPrivacy } from './privacy-harness.ts';
import { CUSTOMER } from './privacy-plants.ts';

let h: PrivacyHarness;
beforeEach(async () => {
  h = await startPrivacy();
});
afterEach(async () => {
  await h.close();
  h.remove();
});

describe('the report for an auditor', () => {
  const write = async (): Promise<string> => {
    await h.deliver('customers/redact', { customer: CUSTOMER });
    h.skip(25);
    await h.runTasks();
    const check = await h.privacy.service.evidence.check();
    const file = join(h.dataDir, 'report.json');
    writeFileSync(file, await bytesOf(jsonReport(check, h.privacy.service.evidence.all(), 'Grace Hopper')));
    const html = (
      await bytesOf(
        htmlReport(check, h.privacy.service.evidence.all(), {
          owner: 'Grace Hopper',
          numberOf: await h.privacy.service.numberOfRequest(),
        }),
      )
    ).toString();
    expect(html).toContain('The log is whole');
    expect(html).toContain('answered by Grace Hopper');
    expect(html).toContain('>Request 1<');
    expect(html).not.toMatch(/lovelace|7300000000001/i);
    return file;
  };
  const verify = (...args: string[]) => {
    const run = spawnSync(process.execPath, ['scripts/verify-evidence.mjs', ...args], { encoding: 'utf8' });
    return { code: run.status, text: run.stdout + run.stderr };
  };

  it('is checked by a command without a key, and a changed letter is found', async () => {
    const file = await write();
    expect(verify(file)).toMatchObject({ code: 0, text: expect.stringContaining('5 entries') });
    writeFileSync(file, readFileSync(file, 'utf8').replace('"erased"', '"erasEd"'));
    expect(verify(file)).toMatchObject({ code: 1, text: expect.stringContaining('entry 4') });
    rmSync(file);
    expect(verify(file).code).toBe(2);
  });

  it('is not needed: the command reads the data folder, and with the key the seals', async () => {
    await write();
    expect(verify('--data', h.dataDir)).toMatchObject({ code: 0, text: expect.stringContaining('5 entries') });
  });
});
