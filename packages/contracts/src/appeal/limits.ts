/** Bytes of one picture at most; phones make theirs smaller before they send them. */
export const APPEAL_PICTURE_BYTES = 1_572_864
export const APPEAL_MAX_PICTURES = 3
