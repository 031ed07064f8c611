/** The six digits out of whatever was typed or pasted: `123 456`, `１２３４５６`, `code: 123456`. */
export const toTotp = (text: string): string =>
  text
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/[^0-9]/g, '')
    .slice(0, 6)
