/** Longest text that is looked at; a QR code of a stranger can hold thousands of characters. */
export const MAX_SCANNED_LENGTH = 600

/**
 * The last part of a link `https://any-host/<letter>/<code>`, without query and fragment; undefined for other texts.
 * Any host: a poster printed for the city's old address must still open.
 */
export const codeInLink = (text: string, letter: 'v' | 'p' | 'k'): string | undefined => {
  const match = /^https?:\/\/[^/\s]{1,255}\/([vpk])\/([^/?#\s]+)\/?(?:[?#].*)?$/i.exec(text)
  return match && match[1]?.toLowerCase() === letter ? match[2] : undefined
}
