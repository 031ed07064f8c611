import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { addresses } from './addresses.ts'

interface Demo {
  citizens: {
    phone: string
    name: string
    colour: string
    members: number
    documentType: string
    documentNumber: string
  }[]
  deviceSecret: string
  operators: { username: string; password: string; totpSecret: string }[]
  venues: {
    name: string
    point: string
    kind: string
    state: string
    pointId: string
    code: string
    link: string
  }[]
}

/** The fictional city of the started system. */
export const readDemo = (): Demo =>
  JSON.parse(readFileSync(join(process.env.E2E_DATA_DIRECTORY ?? '', 'demo.json'), 'utf8')) as Demo

/** The newest sign-in code that the SMS gateway got for a phone. */
export const readSmsCode = async (phone: string): Promise<string> => {
  for (let tries = 0; tries < 50; tries += 1) {
    const messages = (await (await fetch(`${addresses.sandbox}/sms?phone=${phone}`)).json()) as {
      code: string | null
    }[]
    const code = messages.find((message) => message.code)?.code
    if (code) return code
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('no SMS code came')
}

/** What the SMS gateway got for a phone, newest first. */
export const readTexts = async (phone: string): Promise<string[]> => {
  const messages = (await (await fetch(`${addresses.sandbox}/sms?phone=${phone}`)).json()) as {
    text: string
  }[]
  return messages.map(({ text }) => text)
}

const fromBase32 = (text: string): Buffer => {
  let bits = ''
  for (const character of text)
    bits += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(character).toString(2).padStart(5, '0')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}

/** One-time password of a time step (RFC 6238); steps are good once, so that later sign-ins take later steps. */
export const totpOf = (secret: string, step: number): string => {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const digest = createHmac('sha1', fromBase32(secret)).update(counter).digest()
  const offset = (digest.at(-1) ?? 0) & 15
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

let people = 0
/** A phone that nobody has. */
export const newPhone = (): string => {
  people += 1
  return `138${String(process.pid % 1000).padStart(3, '0')}${String(Date.now() % 1000).padStart(3, '0')}${String(people % 100).padStart(2, '0')}`
}

/** A resident ID number with a right check digit that nobody has. */
export const newResidentId = (birth = '19900307'): string => {
  people += 1
  const first17 = `110101${birth}${String((Date.now() + people * 7) % 1000).padStart(3, '0')}`
  let sum = 0
  for (const digit of first17) sum = ((sum + Number(digit)) * 2) % 11
  return first17 + '0123456789X'.charAt((12 - sum) % 11)
}
