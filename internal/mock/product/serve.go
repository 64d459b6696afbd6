package product

// Serve answers a call of a core product; nil says that it is none.
func (p *Products) Serve(c *Call) *Answer {
	name := c.Operation.Name()
	if m, ok := makings[name]; ok {
		return p.make(m, c)
	}
	if m, ok := moves[name]; ok {
		return p.move(m, c)
	}
	if special, ok := specials[name]; ok {
		return special(p, c)
	}
	return p.bill(c)
}
