# A console as a board has it: a login, a prompt, and lines of the kernel whenever they come.
[ "$1" = quiet ] || (while sleep 0.3; do printf '[ 2100.250000] usb 1-1: new high-speed USB device\n' || exit; done) 2>/dev/null &
while :; do
  printf '\nboard login: '
  read -r user || exit
  stty -echo
  printf 'Password: '
  read -r word || exit
  stty echo
  [ "$user:$word" = root:secret ] && break
  printf '\nLogin incorrect\n'
done
printf '\nLast login: today\n'
PS1='root@board:~# ' ENV='' exec sh -i
