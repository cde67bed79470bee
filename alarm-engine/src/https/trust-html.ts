import { renderSVG } from 'uqr';
import { html, Markup } from '../cases/markup.ts';
import { inUrl } from './station-names.ts';

export interface TrustPage {
  /** As the reader's browser named the station, with its port. */
  host: string;
  port: number;
  /** Where phones reach the station; empty: it keeps to its machine. */
  reachableAt: readonly string[];
  /** SHA-256 of the authority's certificate. */
  fingerprint: string;
}

const style = `
  body { margin: 0 auto; max-width: 44rem; padding: 1rem; font: 1.05rem/1.5 system-ui, sans-serif; background: #0d1418; color: #e6edf0 }
  h1 { font-size: 1.5rem } h2 { font-size: 1.15rem; margin: 1.6rem 0 .4rem } a { color: #7fc4ff }
  .get { display: block; padding: 1rem; border-radius: .5rem; background: #2b6ea6; color: #fff; text-align: center; text-decoration: none; font-weight: 600; margin: .6rem 0 }
  .go { background: #2f7d4f } svg { width: 15rem; height: 15rem; background: #fff; border-radius: .5rem }
  code { overflow-wrap: anywhere; font-size: .85rem } .en { color: #a9b7be } li { margin: .35rem 0 }`;

/** How a phone comes to trust this station, step by step, and the code with which a phone opens this very page. Pure. */
export function trustHtml({ host, port, reachableAt, fingerprint }: TrustPage): string {
  const [first] = reachableAt;
  return html`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>烽火 Fenghuo · 手机接入 Phones</title><style>${new Markup(style)}</style></head><body>
<h1>手机接入 · Bring a phone in</h1>
<p>装一次证书，手机就能安全登录，断网也能打开处置页面。
<span class="en">Install the certificate once: sign-in is safe, and the page opens without a network too.</span></p>
${first === undefined ? notReachable : codeOf(`http://${inUrl(first)}:${port}/trust`)}
<h2>1 · 下载证书 <span class="en">Get the certificate</span></h2>
<a class="get" href="/trust/fenghuo.crt">下载证书 · Get the certificate</a>
<p class="en">SHA-256 <code>${fingerprint}</code></p>
<h2>2 · 安卓 Android / 鸿蒙 HarmonyOS</h2>
<ol>
<li>设置 → 搜索“证书” → 安装证书 → <b>CA 证书</b>（“加密与凭据 / 更多安全设置”里）→ 仍然安装 → 选 <code>fenghuo.crt</code>
<br><span class="en">Settings → search “certificate” → Install a certificate → <b>CA certificate</b> → Install anyway → choose <code>fenghuo.crt</code></span></li>
<li>要求设置锁屏密码时请设置。 <span class="en">Set a screen lock if it asks for one.</span></li>
</ol>
<h2>2 · 苹果 iPhone / iPad</h2>
<ol>
<li>用 Safari 打开本页下载，点“允许”。 <span class="en">Open this page in Safari, get the certificate, touch Allow.</span></li>
<li>设置 → 已下载描述文件 → 安装。 <span class="en">Settings → Profile Downloaded → Install.</span></li>
<li>设置 → 通用 → 关于本机 → 证书信任设置 → <b>打开 Fenghuo 的开关</b>。
<br><span class="en">Settings → General → About → Certificate Trust Settings → <b>switch Fenghuo on</b>. Without this step it is not trusted.</span></li>
</ol>
<h2>3 · 打开处置页面 <span class="en">Open the page of orders</span></h2>
<a class="get go" href="https://${host}/respond">打开 · Open https://${host}/respond</a>
<p>登录后用浏览器菜单“添加到主屏幕”。 <span class="en">Once signed in, “Add to home screen” in the browser's menu.</span></p>
<h2>电脑 <span class="en">Computers</span></h2>
<p>双击证书装入“受信任的根证书颁发机构”；Firefox：设置 → 证书 → 导入。
<span class="en">Open the file and install it under “Trusted Root Certification Authorities”; Firefox: Settings → Certificates → Import.</span></p>
</body></html>
`.text;
}

const codeOf = (address: string) => html`
<h2>手机扫码打开本页 <span class="en">Open this page on the phone</span></h2>
<p>${new Markup(renderSVG(address, { border: 2, ecc: 'M' }))}</p>
<p><code>${address}</code></p>`;

const notReachable = html`
<p><b>本站只监听本机，手机连不上。</b>启动时设 <code>FENGHUO_HOST=0.0.0.0</code>。
<span class="en"><b>This station listens to its own machine only</b>: phones cannot reach it. Start it with <code>FENGHUO_HOST=0.0.0.0</code>.</span></p>`;
