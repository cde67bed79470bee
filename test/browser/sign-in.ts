import type { Page } from 'playwright-core';
import type { DemoStation } from './station.ts';

/** Fills in the page that asks who one is, in Chinese, and sends it. */
export async function signInAs(page: Page, station: DemoStation, account: string): Promise<void> {
  await page.getByLabel('账号').fill(account);
  await page.getByLabel('密码').fill(station.account(account).password);
  await page.getByRole('button', { name: /登录/ }).click();
}
