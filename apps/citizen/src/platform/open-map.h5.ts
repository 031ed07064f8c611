/** Where somebody wants to go. */
export interface Place {
  name: string
  address: string
  latitude: number
  longitude: number
}

/** Opens a map of the phone's at a place. */
export const openMap = ({ name, latitude, longitude }: Place): void => {
  window.location.href = `https://uri.amap.com/marker?position=${longitude},${latitude}&name=${encodeURIComponent(name)}&coordinate=wgs84`
}
