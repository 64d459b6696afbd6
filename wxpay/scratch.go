package wxpay

import (
	"crypto/sha256"
	"io"
)

// maxScratch is the largest buffer that is kept for the next call.
const maxScratch = 64 << 10

// scratch is the memory that one step of a call borrows from the client. It is cleared when it is
// given back.
type scratch struct {
	json   []byte // a body
	text   []byte // a message to sign or to verify
	random [16]byte
	nonce  [32]byte // random, in hexadecimal
	digest [sha256.Size]byte
}

func (c *Client) borrow() *scratch { return c.scratch.Get().(*scratch) }

// giveBack wipes the used part of s: bodies hold personal data even if their secrets are sealed. A
// function that shortens json or text wipes the part that it cuts off.
func (c *Client) giveBack(s *scratch) {
	if cap(s.json) > maxScratch || cap(s.text) > maxScratch {
		return
	}
	clear(s.json)
	clear(s.text)
	s.json, s.text = s.json[:0], s.text[:0]
	c.scratch.Put(s)
}

// maxAhead bounds the memory that a Content-Length reserves before the bytes arrive.
const maxAhead = 1 << 20

// read appends at most limit bytes to s.text. It reports whether there are more.
func (s *scratch) read(r io.Reader, size, limit int64) (tooLarge bool, err error) {
	head := len(s.text)
	grow := int64(512)
	if size >= 0 {
		// the line feed of the signed message, and room to see the end
		grow = min(size, limit, maxAhead) + 2
	}
	for {
		if len(s.text) == cap(s.text) || grow > 0 && int64(cap(s.text)-len(s.text)) < grow {
			s.text = append(s.text, make([]byte, max(grow, 512))...)[:len(s.text)]
			grow = 0
		}
		n, err := r.Read(s.text[len(s.text):cap(s.text)])
		s.text = s.text[:len(s.text)+n]
		if int64(len(s.text)-head) > limit {
			rest := head + int(limit)
			clear(s.text[rest:])
			s.text = s.text[:rest]
			return true, nil
		}
		if err == io.EOF {
			return false, nil
		}
		if err != nil {
			return false, err
		}
	}
}
