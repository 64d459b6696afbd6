package wxpay

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
)

// maxScratch is the largest buffer that is kept for the next call.
const maxScratch = 64 << 10

// scratch is the memory that one step of a call borrows from the client and clears when it gives it back.
type scratch struct {
	json    bytes.Buffer
	encoder *json.Encoder
	text    []byte // a message to sign or to verify
	random  [16]byte
	nonce   [32]byte // random, in hexadecimal
	digest  [sha256.Size]byte
}

func (c *Client) borrow() *scratch { return c.scratch.Get().(*scratch) }

// giveBack wipes s: bodies are personal data, even where their secrets are sealed.
func (c *Client) giveBack(s *scratch) {
	if s.json.Cap() > maxScratch || cap(s.text) > maxScratch {
		return
	}
	text := s.json.Bytes()
	clear(text[:cap(text)])
	s.json.Reset()
	clear(s.text[:cap(s.text)])
	s.text = s.text[:0]
	c.scratch.Put(s)
}

// encode writes v to s.json.
func (s *scratch) encode(v any) error {
	if s.encoder == nil {
		s.encoder = json.NewEncoder(&s.json)
		s.encoder.SetEscapeHTML(false)
	}
	if err := s.encoder.Encode(v); err != nil {
		s.encoder = nil // it remembers failures
		return err
	}
	s.json.Truncate(s.json.Len() - 1) // the encoder's line feed
	return nil
}
