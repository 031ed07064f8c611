/**
 * The same hanzi under another number. Fonts, old programs and files copied out of PDF give a hanzi numbers that are not its
 * own; a name written with one of them is the same name.
 */

/** First of the private-use numbers under which GBK kept what Unicode had not yet (GBK FE50 to FEA0). */
const GBK_PRIVATE = 0xe815
/** What they are since: GB 18030-2022, in the order of the table. */
const GBK_HANZI = Array.from(
  '⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻',
)
/** GBK A8BC, which is Latin. */
const GBK_LATIN = new Map([['\ue7c7', '\u1e3f']])

/** Radicals of the supplement that look like a hanzi; programs that read scans and PDF write them for it. Pairs. */
const RADICALS =
  '⺁厂⺄乙⺋卩⺌小⺎兀⺏尣⺒巳⺓幺⺔彑⺕彐⺗心⺘扌⺙攵⺚无⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糸⺰纟⺲罒⺷羊⺸羊⺹老⺺肀⺻聿⺼肉⺽臼⺾艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻋车⻌辶⻎辶⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻲龟⻳龟'

/** One hanzi that Unicode has twice, or in the shape of another country's print; the second is the usual one. Pairs. */
const SHAPES =
  '﨑崎髙高𠮷吉濵濱戶户戸户呂吕吳吴呉吴黃黄溫温內内淸清眞真靑青鄕鄉郞郎彥彦査查桒桑栁柳逹達敎教産產稅税說説絕絶錄録強强鎭鎮緖緒'

const pairs = (text: string): Map<string, string> => {
  const all = Array.from(text)
  const found = new Map<string, string>()
  for (let at = 0; at + 1 < all.length; at += 2) found.set(all[at] ?? '', all[at + 1] ?? '')
  return found
}
const radicals = pairs(RADICALS)
const shapes = pairs(SHAPES)

const plainOf = (character: string): string => {
  const code = character.charCodeAt(0)
  if (code >= 0xe000 && code <= 0xf8ff)
    return GBK_HANZI[code - GBK_PRIVATE] ?? GBK_LATIN.get(character) ?? character
  // Radicals of 康熙 stand for their hanzi; this block alone is decomposed for showing.
  if (code >= 0x2f00 && code <= 0x2fd5) return character.normalize('NFKC')
  return radicals.get(character) ?? character
}

/** Every hanzi under the number that is its own, as it looks on the document. */
export const ownHanzi = (text: string): string =>
  /[\u2e80-\u2fd5\ue000-\uf8ff]/.test(text) ? Array.from(text, plainOf).join('') : text

/** For comparing: one shape of every hanzi, and 佐々木 as 佐佐木. */
export const oneShape = (text: string): string => {
  const all = Array.from(ownHanzi(text), (character) => shapes.get(character) ?? character)
  return all.map((character, at) => (character === '々' ? (all[at - 1] ?? character) : character)).join('')
}
