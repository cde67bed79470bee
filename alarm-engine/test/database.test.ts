import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectClient } from '../src/store/pool.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';

let first: TestDatabase;
beforeAll(async () => {
  first = await createTestDatabase();
});
afterAll(() => first.drop());

test('a test database is migrated, and another one knows nothing of it', async () => {
  const second = await createTestDatabase();
  const asked = await Promise.all(
    [first, second].map(async ({ ownerUrl }) => {
      const owner = await connectClient({ url: ownerUrl, name: 'test' });
      await owner.query(`insert into fenghuo.pulse values ('331081', now(), '{}')`);
      const found = await owner.query('select from fenghuo.pulse');
      await owner.end();
      return found.rowCount;
    }),
  );
  await second.drop();
  expect(asked).toEqual([1, 1]);
});
