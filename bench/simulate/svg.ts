export const WIDTH = 1000
export const LEFT = 80
const RIGHT = 24
export const PLOT = WIDTH - LEFT - RIGHT
export const FONT = 'font-family="system-ui, Helvetica, Arial, sans-serif"'

export const text = (x: number, y: number, words: string, more = '') =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" font-size="13" fill="#333" ${more}>${words}</text>`
export const line = (x1: number, y1: number, x2: number, y2: number, more = 'stroke="#ddd"') =>
  `<line x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}" ${more}/>`

/** A step of 1, 2 or 5 times a power of ten that cuts `most` into at most six. */
export const niceStep = (most: number): number => {
  const power = 10 ** Math.floor(Math.log10(most / 5))
  return ([1, 2, 5, 10].find((times) => (times * power * 6) / most >= 1) ?? 10) * power
}

export const area = (values: number[], toY: (value: number) => number, colour: string): string => {
  const width = PLOT / values.length
  const points = values.flatMap((value, index) => [
    `${(LEFT + index * width).toFixed(1)},${toY(value).toFixed(1)}`,
    `${(LEFT + (index + 1) * width).toFixed(1)},${toY(value).toFixed(1)}`,
  ])
  const base = toY(0).toFixed(1)
  return `<polygon points="${LEFT},${base} ${points.join(' ')} ${LEFT + PLOT},${base}" fill="${colour}"/>`
}
