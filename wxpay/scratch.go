package wxpay

import "crypto/sha256"

// maxScratch is the largest buffer that is kept for the next call.
const maxScratch = 64 << 10

// scratch is the memory that one step of a call borrows from the client and clears when it gives it back.
type scratch struct {
	json   []byte // a body
	text   []byte // a message to sign or to verify
	random [16]byte
	nonce  [32]byte // random, in hexadecimal
	digest [sha256.Size]byte
}

func (c *Client) borrow() *scratch { return c.scratch.Get().(*scratch) }

// giveBack wipes s as far as it was used: bodies are personal data, even where their secrets are sealed. Who shortens json or text
// wipes what is cut off.
func (c *Client) giveBack(s *scratch) {
	if cap(s.json) > maxScratch || cap(s.text) > maxScratch {
		return
	}
	clear(s.json)
	clear(s.text)
	s.json, s.text = s.json[:0], s.text[:0]
	c.scratch.Put(s)
}
