/**
 * What the language and the browsers got after the floor of `apps/citizen/.browserslistrc` (Chrome 61, iOS 12), by name.
 * Compared on 2026-11-29 with MDN's browser-compat-data 8.1.9; a name that a browser is to get later belongs here too.
 */
export const newerMethods = new Set(
  [
    // Array, typed arrays, String
    'at findLast findLastIndex flat flatMap toReversed toSorted toSpliced with fromAsync',
    'replaceAll matchAll trimStart trimEnd isWellFormed toWellFormed',
    // Promise
    'finally',
    // Set, Map, WeakMap
    'isSubsetOf isSupersetOf isDisjointFrom symmetricDifference getOrInsert getOrInsertComputed',
    // ArrayBuffer, Uint8Array
    'transferToFixedLength toBase64 setFromBase64 toHex setFromHex',
    // Date, Intl
    'toTemporalInstant formatRange formatRangeToParts',
    // Documents
    'replaceChildren toggleAttribute requestSubmit checkVisibility getAnimations showPicker throwIfAborted',
    'scrollIntoViewIfNeeded2 moveBefore getHTML setHTMLUnsafe requestVideoFrameCallback',
  ]
    .join(' ')
    .split(' '),
)

export const newerStatics = new Set(
  [
    'Array.fromAsync Object.fromEntries Object.groupBy Object.hasOwn Map.groupBy',
    'Promise.allSettled Promise.any Promise.try Promise.withResolvers',
    'RegExp.escape Error.isError Math.f16round Math.sumPrecise Atomics.pause Atomics.waitAsync',
    'Symbol.asyncIterator Symbol.matchAll Symbol.dispose Symbol.asyncDispose',
    'JSON.rawJSON JSON.isRawJSON Uint8Array.fromBase64 Uint8Array.fromHex',
    'Intl.DisplayNames Intl.DurationFormat Intl.ListFormat Intl.Locale Intl.PluralRules Intl.RelativeTimeFormat',
    'Intl.Segmenter Intl.supportedValuesOf',
    'WebAssembly.instantiateStreaming WebAssembly.compileStreaming WebAssembly.Exception',
    'URL.canParse URL.parse AbortSignal.timeout AbortSignal.any AbortSignal.abort crypto.randomUUID',
    'navigator.clipboard navigator.locks navigator.wakeLock navigator.share navigator.userAgentData',
    'Response.json CSS.registerProperty',
  ]
    .join(' ')
    .split(' '),
)

export const newerGlobals = new Set(
  [
    'AggregateError AsyncDisposableStack AsyncIterator BigInt BigInt64Array BigUint64Array DisposableStack',
    'FinalizationRegistry Float16Array Iterator SharedArrayBuffer SuppressedError Temporal WeakRef globalThis',
    'AbortController AbortSignal BarcodeDetector CompressionStream DecompressionStream ImageCapture',
    'ResizeObserver IntersectionObserver OffscreenCanvas ReadableStream TransformStream WritableStream',
    'TextDecoderStream TextEncoderStream URLPattern VideoFrame VisualViewport createImageBitmap',
    'queueMicrotask reportError requestIdleCallback scheduler structuredClone BroadcastChannel cookieStore',
  ]
    .join(' ')
    .split(' '),
)

/** What no mini program has: both hosts give the language, their own object, console and timers. */
export const browserGlobals = new Set(
  [
    'Blob File FileReader FormData Headers Image Request Response URL URLSearchParams WebSocket XMLHttpRequest',
    'TextDecoder TextEncoder Worker alert atob btoa confirm crypto fetch indexedDB localStorage matchMedia',
    'performance prompt sessionStorage Intl WebAssembly MutationObserver EventSource process Buffer',
  ]
    .join(' ')
    .split(' '),
)
