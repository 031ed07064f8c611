/** Bytes of one picture at most; phones make theirs smaller before they send them. */
export const TICKET_PICTURE_BYTES = 1_572_864
export const TICKET_MAX_PICTURES = 3
