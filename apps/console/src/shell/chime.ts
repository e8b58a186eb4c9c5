let audio: AudioContext | undefined

/** Two short soft notes, made here so that no sound file has to be loaded. Silent until the page was touched once. */
export const chime = (): void => {
  audio ??= new AudioContext()
  if (audio.state === 'suspended') void audio.resume()
  const start = audio.currentTime
  for (const [index, pitch] of [880, 1174.66].entries()) {
    const tone = audio.createOscillator()
    const volume = audio.createGain()
    const at = start + index * 0.14
    tone.frequency.value = pitch
    volume.gain.setValueAtTime(0, at)
    volume.gain.linearRampToValueAtTime(0.16, at + 0.02)
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.32)
    tone.connect(volume).connect(audio.destination)
    tone.start(at)
    tone.stop(at + 0.34)
  }
}
