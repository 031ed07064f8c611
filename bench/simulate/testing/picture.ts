import { area, FONT, LEFT, line, niceStep, PLOT, text, WIDTH } from '../svg.ts'
import type { DayRun } from './day.ts'
import { STRETCH_MINUTES, type Stretch } from './figures.ts'
import type { TestingVerdict } from './verdict.ts'

interface Panel {
  top: number
  height: number
  title: string
  legend: [string, string][]
  stretches: Stretch[]
  areas: [(stretch: Stretch) => number, string][]
  lines: [(stretch: Stretch) => number, string][]
}

const FIRST_HOUR = 8

const hours = (stretches: Stretch[], top: number, bottom: number): string[] => {
  const all = (stretches.length * STRETCH_MINUTES) / 60
  return Array.from({ length: Math.floor(all / 2) + 1 }, (_, at) => at * 2).flatMap((hour) => {
    const x = LEFT + (PLOT * hour) / all
    return [
      line(x, top, x, bottom),
      text(x, bottom + 18, `${String((FIRST_HOUR + hour) % 24).padStart(2, '0')}:00`, 'text-anchor="middle"'),
    ]
  })
}

const drawPanel = ({ top, height, title, legend, stretches, areas, lines }: Panel): string[] => {
  const bottom = top + height
  const most = Math.max(1, ...[...areas, ...lines].flatMap(([of]) => stretches.map(of))) * 1.05
  const toY = (value: number) => bottom - (height * value) / most
  const step = niceStep(most)
  const marks = Array.from({ length: Math.floor(most / step) + 1 }, (_, at) => at * step)
  const width = PLOT / Math.max(1, stretches.length)
  return [
    text(LEFT, top - 10, title, 'style="font-weight:600"'),
    ...legend.flatMap(([name, colour], at) => [
      `<rect x="${LEFT + 400 + at * 160}" y="${top - 21}" width="12" height="12" fill="${colour}"/>`,
      text(LEFT + 418 + at * 160, top - 10, name),
    ]),
    ...marks.flatMap((mark) => [
      line(LEFT, toY(mark), LEFT + PLOT, toY(mark)),
      text(LEFT - 8, toY(mark) + 4, mark.toLocaleString('en'), 'text-anchor="end"'),
    ]),
    ...hours(stretches, top, bottom),
    ...areas.map(([of, colour]) => area(stretches.map(of), toY, colour)),
    ...lines.map(
      ([of, colour]) =>
        `<polyline points="${stretches.map((stretch, at) => `${(LEFT + (at + 0.5) * width).toFixed(1)},${toY(of(stretch)).toFixed(1)}`).join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>`,
    ),
  ]
}

const drawOne = (name: string, { stretches }: DayRun, top: number): string[] => [
  ...drawPanel({
    top,
    height: 150,
    title: `${name}: people in ten minutes`,
    legend: [
      ['came', '#7a7a7a'],
      ['sampled', '#2e9e5b'],
      ['waiting', '#c8372d'],
    ],
    stretches,
    areas: [[({ sampled }) => sampled, '#2e9e5b']],
    lines: [
      [({ arrived }) => arrived, '#7a7a7a'],
      [({ waiting }) => waiting, '#c8372d'],
    ],
  }),
  ...drawPanel({
    top: top + 220,
    height: 110,
    title: `${name}: tubes without a result`,
    legend: [
      ['under way', '#e0a526'],
      ['told in ten minutes', '#1c4f9c'],
    ],
    stretches,
    areas: [[({ tubesUnderWay }) => tubesUnderWay, '#e0a526']],
    lines: [[({ tubesTold }) => tubesTold, '#1c4f9c']],
  }),
]

const drawDistance = (verdict: TestingVerdict, top: number): string[] => {
  const bars: [string, number, string][] = [
    ['carried here', verdict.carriedPerSecond, '#2e9e5b'],
    ['round, peak', verdict.round.peakPerSecond, '#7a7a7a'],
    ['in five hours', verdict.fiveHours.perSecond, '#333'],
    ['December, peak', verdict.december.peakPerSecond, '#c8372d'],
  ]
  const most = Math.max(1, ...bars.map(([, value]) => value))
  const from = LEFT + 80
  return [
    text(LEFT, top - 10, 'Samples per second: this machine, and the whole city', 'style="font-weight:600"'),
    ...bars.flatMap(([name, value, colour], at) => {
      const y = top + at * 30
      const width = ((PLOT - 180) * value) / most
      return [
        text(from - 8, y + 16, name, 'text-anchor="end"'),
        `<rect x="${from}" y="${y}" width="${width.toFixed(1)}" height="22" fill="${colour}"/>`,
        text(from + width + 8, y + 16, Math.round(value).toLocaleString('en')),
      ]
    }),
  ]
}

/** One picture: how the round and the December day went, and how far this machine is from the whole city. */
export const drawTesting = (options: {
  title: string
  subtitle: string
  round: DayRun
  december: DayRun
  verdict: TestingVerdict
}): string =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} 1060" width="${WIDTH}" height="1060" ${FONT} role="img" aria-label="${options.title}">`,
    `<rect width="${WIDTH}" height="1060" fill="#fff"/>`,
    text(24, 34, options.title, 'style="font-size:20px;font-weight:600"'),
    text(24, 56, options.subtitle, 'style="fill:#666"'),
    ...drawOne('The round', options.round, 100),
    ...drawOne('December', options.december, 500),
    ...drawDistance(options.verdict, 920),
    '</svg>',
    '',
  ].join('\n')
