export const ARRIVAL_MODES = ['train', 'coach', 'flight', 'car', 'ship', 'other'] as const
export type ArrivalMode = (typeof ARRIVAL_MODES)[number]
