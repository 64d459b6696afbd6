package quickkey

import (
	"bytes"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/subtle"
	"encoding/binary"
)

const size = 2048 / 8 // bytes of the modulus

// sha256Info says in ASN.1 that a digest of SHA-256 follows.
const sha256Info = "\x30\x31\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20"

// padded is the block of a signature: EMSA-PKCS1-v1_5 of RFC 8017.
func padded(digest []byte) []byte {
	end := append([]byte("\x00"+sha256Info), digest...)
	block := append([]byte{0, 1}, bytes.Repeat([]byte{0xff}, size-2-len(end))...)
	return append(block, end...)
}

// unpadded is the message in a block of EME-OAEP of RFC 8017, with SHA-1 and no label.
func unpadded(block []byte) ([]byte, error) {
	seed, data := block[1:1+sha1.Size], block[1+sha1.Size:]
	mask(seed, data)
	mask(data, seed)
	label := sha1.Sum(nil)
	rest := bytes.TrimLeft(data[sha1.Size:], "\x00")
	if block[0] != 0 || !bytes.HasPrefix(data, label[:]) || len(rest) == 0 || rest[0] != 1 {
		return nil, rsa.ErrDecryption
	}
	return rest[1:], nil
}

// mask adds to a part of the block what follows from the other: MGF1 of RFC 8017.
func mask(part, other []byte) {
	var stream []byte
	for i := uint32(0); len(stream) < len(part); i++ {
		sum := sha1.Sum(binary.BigEndian.AppendUint32(bytes.Clone(other), i))
		stream = append(stream, sum[:]...)
	}
	subtle.XORBytes(part, part, stream)
}
