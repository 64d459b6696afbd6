package judge

import (
	"encoding/binary"
	"math/bits"
)

// sm3 is the hash of GB/T 32905, for uploads with an SM3 digest.
func sm3(content []byte) [32]byte {
	state := [8]uint32{0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa,
		0xe38dee4d, 0xb0fb0e4e}
	padded := append(append([]byte(nil), content...), 0x80)
	for len(padded)%64 != 56 {
		padded = append(padded, 0)
	}
	padded = binary.BigEndian.AppendUint64(padded, uint64(len(content))*8)
	for ; len(padded) > 0; padded = padded[64:] {
		sm3Block(&state, padded[:64])
	}
	var sum [32]byte
	for i, word := range state {
		binary.BigEndian.PutUint32(sum[4*i:], word)
	}
	return sum
}

func sm3Block(state *[8]uint32, block []byte) {
	var w [68]uint32
	for i := range 16 {
		w[i] = binary.BigEndian.Uint32(block[4*i:])
	}
	for i := 16; i < 68; i++ {
		x := w[i-16] ^ w[i-9] ^ bits.RotateLeft32(w[i-3], 15)
		w[i] = x ^ bits.RotateLeft32(x, 15) ^ bits.RotateLeft32(x, 23) ^ bits.RotateLeft32(w[i-13],
			7) ^ w[i-6]
	}
	a, b, c, d, e, f, g, h := state[0], state[1], state[2], state[3], state[4], state[5], state[6],
		state[7]
	for i := range 64 {
		constant, ff, gg := uint32(0x79cc4519), a^b^c, e^f^g
		if i >= 16 {
			constant, ff, gg = 0x7a879d8a, a&b|a&c|b&c, e&f|^e&g
		}
		ss1 := bits.RotateLeft32(bits.RotateLeft32(a, 12)+e+bits.RotateLeft32(constant, i%32), 7)
		tt1 := ff + d + (ss1 ^ bits.RotateLeft32(a, 12)) + (w[i] ^ w[i+4])
		tt2 := gg + h + ss1 + w[i]
		d, c, b, a = c, bits.RotateLeft32(b, 9), a, tt1
		h, g, f, e = g, bits.RotateLeft32(f, 19), e,
			tt2^bits.RotateLeft32(tt2, 9)^bits.RotateLeft32(tt2, 17)
	}
	for i, x := range []uint32{a, b, c, d, e, f, g, h} {
		state[i] ^= x
	}
}
