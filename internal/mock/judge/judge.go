package judge

import (
	"time"

	"github.com/wxgen/wxgen/internal/mock/keys"
)

// Judge judges requests. It is safe for concurrent use.
type Judge struct {
	Ring *keys.Ring
	Now  func() time.Time

	nonces nonces
}

// Forget empties the memory of nonces.
func (j *Judge) Forget() { j.nonces.forget() }
