/**
 * Taps on one button that reach a server while the first is under way are one scan, whatever request ids they bring: they get the
 * first one's answer. The citizen app gives them one request id itself; this is for whoever does not. It costs a scan one look
 * into a map, and knows nothing of what other processes do.
 */
export const createTapJoiner = <Answer>() => {
  const underWay = new Map<string, { requestId: string; answer: Promise<Answer> }>()
  return (key: string, requestId: string, record: () => Promise<Answer>): Promise<Answer> => {
    const first = underWay.get(key)
    // A repeat of the very request is known by its id, and compared with what it asked for.
    if (first) return first.requestId === requestId ? record() : first.answer
    const answer = record().finally(() => underWay.delete(key))
    underWay.set(key, { requestId, answer })
    return answer
  }
}
