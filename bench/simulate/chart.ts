import { P99_LIMIT_MS } from './highest-rate.ts'
import { area, FONT, LEFT, line, niceStep, PLOT, text, WIDTH } from './svg.ts'
import type { Tally } from './tally.ts'
import type { Verdict } from './verdict.ts'

const hourGrid = (top: number, bottom: number): string[] =>
  [0, 4, 8, 12, 16, 20, 24].flatMap((hour) => {
    const x = LEFT + (PLOT * hour) / 24
    return [
      line(x, top, x, bottom),
      text(x, bottom + 18, `${String(hour).padStart(2, '0')}:00`, 'text-anchor="middle"'),
    ]
  })

const ratePanel = (stretches: Tally[], secondsEach: number, top: number, height: number): string[] => {
  const bottom = top + height
  const offered = stretches.map((tally) => tally.offered / secondsEach)
  const most = Math.max(...offered, 1) * 1.05
  const toY = (value: number) => bottom - (height * value) / most
  const step = niceStep(most)
  const marks = Array.from({ length: Math.floor(most / step) + 1 }, (_, index) => index * step)
  return [
    text(LEFT, top - 10, 'Requests per second of this run', 'font-weight="600"'),
    `<rect x="${LEFT + 330}" y="${top - 21}" width="12" height="12" fill="#2e9e5b"/>`,
    text(LEFT + 348, top - 10, 'answered'),
    `<rect x="${LEFT + 430}" y="${top - 21}" width="12" height="12" fill="#e0a526"/>`,
    text(LEFT + 448, top - 10, 'told to come back (503)'),
    `<rect x="${LEFT + 620}" y="${top - 21}" width="12" height="12" fill="#c8372d"/>`,
    text(LEFT + 638, top - 10, 'failed or no answer in 15 s'),
    ...marks.flatMap((mark) => [
      line(LEFT, toY(mark), LEFT + PLOT, toY(mark)),
      text(LEFT - 8, toY(mark) + 4, mark.toLocaleString('en'), 'text-anchor="end"'),
    ]),
    ...hourGrid(top, bottom),
    area(offered, toY, '#c8372d'),
    area(
      stretches.map((tally) => (tally.answered + tally.busy) / secondsEach),
      toY,
      '#e0a526',
    ),
    area(
      stretches.map((tally) => tally.answered / secondsEach),
      toY,
      '#2e9e5b',
    ),
  ]
}

const latencyPanel = (stretches: Tally[], top: number, height: number): string[] => {
  const bottom = top + height
  const toY = (milliseconds: number) =>
    bottom - (height * Math.log10(Math.max(1, Math.min(10_000, milliseconds)))) / 4
  const width = PLOT / stretches.length
  const path = (of: (tally: Tally) => number) =>
    stretches
      .flatMap((tally, index) =>
        tally.answered > 0
          ? [`${(LEFT + (index + 0.5) * width).toFixed(1)},${toY(of(tally)).toFixed(1)}`]
          : [],
      )
      .join(' ')
  return [
    text(LEFT, top - 10, 'Milliseconds from when a request was due to its answer', 'font-weight="600"'),
    ...[1, 10, 100, 1000, 10_000].flatMap((mark) => [
      line(LEFT, toY(mark), LEFT + PLOT, toY(mark)),
      text(LEFT - 8, toY(mark) + 4, mark.toLocaleString('en'), 'text-anchor="end"'),
    ]),
    ...hourGrid(top, bottom),
    line(
      LEFT,
      toY(P99_LIMIT_MS),
      LEFT + PLOT,
      toY(P99_LIMIT_MS),
      'stroke="#c8372d" stroke-dasharray="6 4" stroke-width="1.5"',
    ),
    text(LEFT + 6, toY(P99_LIMIT_MS) - 5, `goal: p99 ${P99_LIMIT_MS} ms`),
    `<polyline points="${path((tally) => tally.p99)}" fill="none" stroke="#1c4f9c" stroke-width="2"/>`,
    `<polyline points="${path((tally) => tally.p50)}" fill="none" stroke="#7da7d9" stroke-width="2"/>`,
    text(LEFT + 430, top - 10, 'p99', 'style="fill:#1c4f9c"'),
    text(LEFT + 470, top - 10, 'p50', 'style="fill:#7da7d9"'),
  ]
}

const distancePanel = (verdict: Verdict, top: number): string[] => {
  const bars: [string, number, string][] = [
    ['carried here', verdict.carriedPerSecond, '#2e9e5b'],
    ['answered, late', verdict.answeredPerSecond, '#a9d8bb'],
    [`ordinary ${verdict.ordinaryDay.peakMinute}`, verdict.ordinaryDay.peakPerSecond, '#7a7a7a'],
    ['opening day', verdict.openingDay.peakPerSecond, '#333'],
  ]
  const most = Math.max(...bars.map(([, value]) => value))
  const from = LEFT + 80
  return [
    text(
      LEFT,
      top - 10,
      'Requests per second: this machine, and the whole city at its peak',
      'font-weight="600"',
    ),
    ...bars.flatMap(([name, value, colour], index) => {
      const y = top + index * 30
      const width = ((PLOT - 180) * value) / most
      return [
        text(from - 8, y + 16, name, 'text-anchor="end"'),
        `<rect x="${from}" y="${y}" width="${width.toFixed(1)}" height="22" fill="${colour}"/>`,
        text(from + width + 8, y + 16, Math.round(value).toLocaleString('en')),
      ]
    }),
  ]
}

/** One picture: what was offered and carried over the day, how long it took, and how far that is from the city. */
export const drawDay = (options: {
  title: string
  subtitle: string
  stretches: Tally[]
  /** Real seconds that one stretch took. */
  secondsEach: number
  verdict: Verdict
}): string => {
  const { title, subtitle, stretches, secondsEach, verdict } = options
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} 800" width="${WIDTH}" height="800" ${FONT} role="img" aria-label="${title}">`,
    `<rect width="${WIDTH}" height="800" fill="#fff"/>`,
    text(24, 34, title, 'style="font-size:20px;font-weight:600"'),
    text(24, 56, subtitle, 'style="fill:#666"'),
    ...ratePanel(stretches, secondsEach, 100, 240),
    ...latencyPanel(stretches, 410, 180),
    ...distancePanel(verdict, 660),
    '</svg>',
    '',
  ].join('\n')
}
