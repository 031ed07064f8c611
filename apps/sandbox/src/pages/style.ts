/** The one style sheet. System fonts, no pictures; text contrast at least 4.5:1 on every ground used. */
export const styleSheet = `
:root {
  color-scheme: light;
  --ink: #17212b; --soft: #52606d; --line: #d5dde5; --ground: #f2f5f8; --card: #fff;
  --accent: #0b6e5f; --accent-deep: #084f45; --accent-wash: #e3f3ef; --fault: #b3261e;
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body {
  margin: 0; color: var(--ink); background: var(--ground); line-height: 1.55;
  font: 16px/1.55 system-ui, 'PingFang SC', 'Noto Sans CJK SC', 'Noto Sans SC', 'Microsoft YaHei', sans-serif;
  overflow-wrap: anywhere;
}
p { margin: 0 0 .75rem; text-wrap: pretty; }
h1 { margin: 0 0 .25rem; font-size: 1.6rem; line-height: 1.25; }
h2 { margin: 0; font-size: 1.15rem; line-height: 1.3; }
.en { color: var(--soft); font-size: .84em; font-weight: 400; }
code { font: .88em ui-monospace, 'SFMono-Regular', Consolas, 'DejaVu Sans Mono', monospace; background: var(--ground); padding: .12em .35em; border-radius: 4px; }
:focus-visible { outline: 3px solid #1f6feb; outline-offset: 2px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); margin: 0; white-space: nowrap; }

.fiction {
  margin: 0; padding: .45rem 1rem; text-align: center; font-weight: 600; font-size: .92rem;
  color: #3d2c00; background: #ffd666;
}
.fiction .en { color: #3d2c00; }
.top {
  display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; align-items: center; justify-content: space-between;
  padding: .6rem max(1rem, calc((100vw - 1100px) / 2)); background: var(--card); border-bottom: 1px solid var(--line);
}
.brand { color: inherit; text-decoration: none; font-weight: 700; padding: .35rem 0; }
nav { display: flex; gap: .25rem; margin-left: -.6rem; }
nav a { padding: .5rem .6rem; border-radius: 8px; color: var(--ink); text-decoration: none; min-height: 44px; display: flex; gap: .35em; align-items: center; white-space: nowrap; }
nav a:hover { background: var(--ground); }
nav a[aria-current] { background: var(--accent-wash); color: var(--accent-deep); font-weight: 600; }
nav a[aria-current] .en { color: var(--accent-deep); }
main { max-width: 1132px; margin: 0 auto; padding: 1.25rem 1rem 5rem; }
h1 .en, h2 .en, .lead .en, .card > p > .en, .fiction .en, .brand .en { margin-left: .15em; }
.lead .en, .card > p:not(.mode):not(.row) > .en, .brand .en { display: block; margin-left: 0; }
.lead { margin-bottom: 1.25rem; }

.doors { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 1rem; margin-bottom: 1rem; }
.door { padding: 1.1rem 1.25rem; border-radius: 14px; background: var(--accent); color: #fff; text-decoration: none; }
.door:hover { background: var(--accent-deep); }
.door .zh { display: block; font-size: 1.15rem; }
.door .en { color: #fff; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 320px), 1fr)); gap: 1rem; align-items: start; margin-bottom: 1rem; }
.card { position: relative; min-width: 0; padding: 1.1rem 1.25rem; background: var(--card); border: 1px solid var(--line); border-radius: 14px; }
.card h2 { margin-bottom: .5rem; padding-right: 5.5rem; }
form.card h2 { padding-right: 0; }
.cards:has(section) { align-items: stretch; }
.mode { position: absolute; top: 1rem; right: 1.1rem; margin: 0; padding: .15rem .6rem; border-radius: 99px; font-size: .9rem; color: var(--accent-deep); background: var(--accent-wash); }
.mode .en { color: inherit; }
.mode[data-mode=slow] { color: #614000; background: #fff1c9; }
.mode[data-mode=down], .mode[data-mode=error] { color: #8c1d18; background: #fde7e5; }
.counts { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; margin: 0; }
.counts dt { font-size: .9rem; }
.counts dd { margin: 0; font-size: 1.4rem; font-weight: 700; font-variant-numeric: tabular-nums; }
.calls { list-style: none; margin: .25rem 0 0; padding: 0; }
.calls li { display: flex; flex-wrap: wrap; gap: .15rem 1rem; padding: .5rem 0; border-top: 1px solid var(--line); }
.calls code { flex: 0 0 15.5rem; max-width: 100%; background: none; padding-left: 0; }

.row { display: flex; gap: .5rem; align-items: center; }
.end { justify-content: flex-end; margin: 0; }
.field { margin-bottom: .9rem; }
label, legend { font-weight: 600; }
.field > label .en, legend .en { display: inline-block; }
.field > label, .filter > label { display: block; margin-bottom: .3rem; }
fieldset { min-width: 0; margin: 0 0 .9rem; padding: 0; border: 0; }
legend { padding: 0; margin-bottom: .3rem; }
input:not([type=radio]), select {
  width: 100%; min-height: 44px; padding: .45rem .7rem; font: inherit; color: inherit; background: var(--card);
  border: 1px solid #7b8794; border-radius: 10px;
}
input::placeholder { color: #66727e; }
button {
  min-height: 44px; padding: .45rem 1.1rem; font: inherit; font-weight: 600; color: #fff; background: var(--accent);
  border: 1px solid transparent; border-radius: 10px; cursor: pointer;
}
button .en { color: inherit; }
button:hover { background: var(--accent-deep); }
button.quiet { color: var(--accent-deep); background: transparent; border-color: #7b8794; }
button.quiet:hover { background: var(--accent-wash); }
.segments { display: grid; grid-template-columns: repeat(4, 1fr); gap: .35rem; }
.segment { position: relative; text-align: center; }
.segment input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer; }
.segment span.zh, .segment span.en { display: block; line-height: 1.25; }
.segment > span { display: block; padding: .4rem .2rem; border: 1px solid #7b8794; border-radius: 10px; }
.segment input:checked + span { background: var(--accent); border-color: var(--accent); color: #fff; }
.segment input:checked + span .en { color: #fff; }
.segment input:focus-visible + span { outline: 3px solid #1f6feb; outline-offset: 2px; }
.delay { display: none; }
form:has([value=slow]:checked) .delay { display: block; }
.entries { list-style: none; margin: 0; padding: 0; counter-reset: entry; }
.entry { display: grid; grid-template-columns: minmax(0, 1fr) 44px; gap: .4rem; margin-bottom: .5rem; }
.entry:has(.key) { padding-bottom: .5rem; border-bottom: 1px solid var(--line); }
.entry .key { grid-column: 1 / -1; }
.entry .remove { padding: 0; }
.fault { padding: .5rem .75rem; color: var(--fault); background: #fde7e5; border-radius: 10px; }
.told { position: fixed; left: 50%; bottom: 1.25rem; transform: translateX(-50%); margin: 0; padding: .6rem 1.2rem; border-radius: 99px; color: #fff; background: #17212b; width: max-content; max-width: calc(100vw - 2rem); text-align: center; }
.told:empty { opacity: 0; padding: 0; }

.phone { max-width: 30rem; }
.filter { margin-bottom: .5rem; }
.filter .row input { border-radius: 99px; padding-left: 1.1rem; }
.status { display: flex; gap: .4em; align-items: center; margin-bottom: .5rem; font-size: .9rem; }
.status::before { content: ''; width: .6em; height: .6em; border-radius: 50%; background: #9aa5b1; }
.status[data-state=live]::before { background: #0b8a5f; }
.status[data-state=lost]::before { background: var(--fault); }
.messages { list-style: none; margin: 0; padding: 0; }
.message { margin-bottom: 1rem; }
.meta { display: flex; justify-content: space-between; gap: 1rem; padding: 0 .35rem .25rem; font-size: .9rem; color: var(--soft); font-variant-numeric: tabular-nums; }
.from { font-weight: 600; color: var(--ink); }
.bubble { padding: .85rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 6px 18px 18px 18px; }
.bubble .text { margin: 0; white-space: pre-wrap; }
.code-line { display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: center; justify-content: space-between; margin-top: .6rem; padding-top: .6rem; border-top: 1px solid var(--line); }
.code { font-size: 2.1rem; font-weight: 700; line-height: 1.2; letter-spacing: .1em; font-variant-numeric: tabular-nums; color: var(--accent-deep); }
.empty { padding: 2.5rem 1rem; text-align: center; border: 2px dashed #b8c4ce; border-radius: 18px; }
@media (max-width: 559px) {
  .top nav { flex: 1 0 100%; margin: 0; }
  nav a { flex: 1; flex-direction: column; gap: 0; padding: .3rem; line-height: 1.3; border: 1px solid var(--line); }
}
@media (min-width: 700px) {
  .phone { max-width: 410px; min-height: 640px; margin: 0 auto; padding: 2rem 1.25rem; background: #e9eef2; border: 12px solid #17212b; border-radius: 44px; }
}
@media (prefers-reduced-motion: no-preference) {
  .message { animation: arrive .25s ease-out; }
  @keyframes arrive { from { opacity: 0; transform: translateY(-.5rem); } }
}
`
