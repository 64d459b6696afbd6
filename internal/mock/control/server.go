package control

import (
	"github.com/wxgen/wxgen/internal/mock"
	"github.com/wxgen/wxgen/internal/mock/keys"
)

// Prefix begins the paths of the interface.
const Prefix = "/_mock/"

// Server steers an engine.
type Server struct {
	Engine  *mock.Engine
	Changed func() error // stores new certificates; may be nil
}

// account is the account with a number, or the first one.
func (s *Server) account(number string) (*keys.Account, error) {
	if number == "" {
		return s.Engine.Accounts()[0], nil
	}
	return s.Engine.AccountByID(number)
}
