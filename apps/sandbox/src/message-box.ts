export interface Message {
  phone: string
  text: string
  code: string | null
  sentAt: string
}

interface Held extends Message {
  messageId: string
}

export interface MessageBox {
  /** Keeps the message unless its id is already held; answers the held one either way. */
  keep(messageId: string, message: Message): Message
  /** Newest first, at most `limit`; of one phone (E.164) or of all. */
  list(limit: number, phone?: string): Message[]
  readonly size: number
}

/**
 * Holds the last `capacity` messages in memory and forgets the oldest. Look-ups by phone and of the newest stay
 * independent of how many are held, because load drivers read thousands of codes from a full box.
 */
export function createMessageBox(capacity: number): MessageBox {
  const ring: (Held | undefined)[] = []
  const byId = new Map<string, Held>()
  const byPhone = new Map<string, Held[]>()
  let written = 0

  function forget(oldest: Held): void {
    byId.delete(oldest.messageId)
    const ofPhone = byPhone.get(oldest.phone)
    // The oldest of all is also the oldest of its phone, hence the first.
    ofPhone?.shift()
    if (ofPhone?.length === 0) byPhone.delete(oldest.phone)
  }

  return {
    keep(messageId, message) {
      const known = byId.get(messageId)
      if (known) return known
      const slot = written % capacity
      const oldest = ring[slot]
      if (oldest) forget(oldest)
      const held = { ...message, messageId }
      ring[slot] = held
      written += 1
      byId.set(messageId, held)
      const ofPhone = byPhone.get(message.phone)
      if (ofPhone) ofPhone.push(held)
      else byPhone.set(message.phone, [held])
      return held
    },
    list(limit, phone) {
      if (phone !== undefined) return (byPhone.get(phone) ?? []).slice(-limit).reverse().map(toMessage)
      const newest: Message[] = []
      for (let index = written - 1; index >= Math.max(0, written - Math.min(limit, capacity)); index -= 1) {
        const held = ring[index % capacity]
        if (held) newest.push(toMessage(held))
      }
      return newest
    },
    get size() {
      return byId.size
    },
  }
}

function toMessage({ phone, text, code, sentAt }: Held): Message {
  return { phone, text, code, sentAt }
}
