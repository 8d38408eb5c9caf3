#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Short threads, and what a report must say of each.

usage: stories.py write MAILDIR | check REPORT.json REPORT.txt

Each story is a thread of its own in one mailbox; its people and its title are its
own, too, so that no story teaches the program anything of another one. "write"
puts their mails down, "check" reads reports of that mailbox and prints TAP.

In a story Ada posts or asks, Bo and Cy answer. A mail is (who, text), an answer to
the first one, or (who, text, answers); headers by a fourth, a dict.
"""
import datetime
import email.utils
import json
import os
import sys

DIFF = '''---
 net/ring.c | 4 ++--
 1 file changed, 2 insertions(+), 2 deletions(-)

diff --git a/net/ring.c b/net/ring.c
--- a/net/ring.c
+++ b/net/ring.c
@@ -1,3 +1,3 @@
-	a = b;
+	a = c;
'''
PATCH = ('Ada', 'The ring drops the last frame when it wraps. Copy the frame '
         'before\nthe index moves.\n\nSigned-off-by: @Ada@\n' + DIFF)
COVER = ('Ada', 'Three fixes for the ring, which loses frames.\n')
COMMIT = '1a2b3c4d5e6f'
ROBOT = {'Auto-Submitted': 'auto-generated', 'From': 'test bot <bot@ci.example>'}
LISTS = ('overdue', 'unanswered')    # what is owed to others than the reader
STORIES = []


def patch(name, *answers, **wanted):
    STORIES.append((name, '[PATCH] {}: keep the last frame', [PATCH, *answers], wanted))


def series(name, *answers, **wanted):
    parts = [('Ada', PATCH[1], 0, {'Subject': '[PATCH %d/3] {}: part %d' % (i, i)})
             for i in (1, 2, 3)]
    STORIES.append((name, '[PATCH 0/3] {}: three fixes',
                    [COVER, *parts, *answers], wanted))


def talk(title, name, text, *answers, **wanted):
    STORIES.append((name, title, [('Ada', text), *answers], wanted))


# ---- taken -------------------------------------------------------------------
for said in ('This has landed in main as %s, thank you Ada.' % COMMIT,
             "I'm taking this through the net tree, thanks.",
             'Picked up for 6.20, thanks.', "I've taken this now.",
             'Queued up for -rc3, thanks!', "I've merged your patch.",
             'Nice fix, merged into devel with a small whitespace cleanup.'):
    patch('taken: ' + said, ('Bo', said), state='applied')
for said in ('Pushed to master.', 'Merged into net/next.'):
    patch('taken by the author: ' + said, ('Ada', said), state='applied')
patch('not taken by the author: pushed for others to look at',
      ('Ada', 'Pushed to ada/ring-v2 for those who want to try.'), state='new')
for said, state in (('Pushed, thanks.', 'applied'),
                    ('Pushed with the typo fixed.', 'applied'),
                    ('Applied, thanks.', 'reviewed')):
    patch('reviewed, and the author: ' + said, ('Bo', 'Reviewed-by: @Bo@'),
          ('Ada', said, 1), state=state)
for said in ('I will apply this once rc1 is out.', 'Was this applied anywhere?',
             "I've applied this and will see.", 'This landed a year ago, I think.'):
    patch('not taken: ' + said, ('Bo', said), state='under-review')
for said, patches in (
        ('I took the first two, the third needs an ack.', [1, 2]),
        ('Merged #1-#2, please rebase the rest.', [1, 2]),
        ('Applied 1/3 to 2/3 to net-next.', [1, 2]),
        ('Pushed all but the last one.', [1, 2]),
        ('Patches 1 and 3 are queued for 6.20.', [1, 3])):
    series('a part: ' + said, ('Bo', said), applied=patches)
series('a part: commits whose titles have another prefix',
       ('Bo', '2 patches applied to net.git, thanks.\n\n%s net: {}: part 1\n'
        '%s part 3\n' % (COMMIT, COMMIT[::-1]), 1), applied=[1, 3])
series('taken, and more', ('Bo', "Thanks, I've merged these and the board's change."),
       state='applied')
patch('taken, whatever comes',
      ('Bo', 'Please call it frame, not last.'),
      ('Bo', "I'll add this to for-next for a day in case there's another iteration, "
       "but I'm expecting this to be the final version."), state='applied')
series('merged to be tried', ('Bo', "I've merged these and the board still hangs."),
       state='under-review')
series('taken by the author, when some are acked', ('Bo', 'Acked-by: @Bo@', 3),
       ('Ada', 'Patchset merged, with the title fixed.', 1), state='applied')
patch('one tree by two names', ('Bo', "I'll take this to ring-next."),
      ('Bo', 'Patch applied to ring-next.git, thanks.'),
      state='applied', tree='ring-next')
patch('taken, as a program says',
      ('Bo', 'Hello:\n\nThis patch was applied to x/ring.git (refs/heads/main):\n\n'
       'On Mon, 6 Apr 2026 you wrote:\n> The ring drops the last frame.\n\n'
       'Here is the summary with links:\n  - {}: keep the last frame\n'
       '    https://git.kernel.org/x/ring/c/%s\n\nYou are awesome, thank you!\n' % COMMIT,
       0, {'From': 'patchwork-bot+ring@kernel.org'}),
      state='applied', tree='x/ring.git (main)')
STORIES.append(('a part: those of an area', '[PATCH 0/3] {}: three fixes',
                [COVER, *(('Ada', PATCH[1], 0, {'Subject': '[PATCH %d/3] %s: {} %d' % (
                    i, area, i)}) for i, area in ((1, 'net'), (2, 'docs'), (3, 'net/core'))),
                 ('Bo', 'The net patches added to net-next, thanks.')],
                {'applied': [1, 3]}))
STORIES.append(('a pull request, taken as a program says', '[GIT PULL] {} fixes',
                [('Ada', "Here's a pull request to net, more info below.\n\nThe ring "
                  'loses frames on big machines; these fixes make it keep them.'),
                 ('Bo', 'Hello:\n\nThis pull request was applied to x/ring.git '
                  '(refs/heads/main):\n\nHere is the summary with links:\n'
                  '  - [GIT PULL] {} fixes\n    https://git.kernel.org/x/ring/c/%s\n\n'
                  'You are awesome, thank you!\n' % COMMIT,
                  0, {'From': 'patchwork-bot+ring@kernel.org'})],
                {'gist': 'pulled to x/ring.git (main)', 'ungist': 'by patchwork',
                 'status': 'pulled to x/ring.git (main)', 'unstatus': 'by patchwork',
                 'told': 'posted the pull request', 'untold': 'more info below'}))
for word, answered in ((' (v2)', 2), (' by Bo', 0)):
    patch('a version in the thread of the first: ' + word,
          ('Bo', 'Please drop the comment in line 3.', 0),
          ('Ada', PATCH[1], 0, {'Subject': '[PATCH v2] {}: keep the last frame'}),
          ('Bo', 'Applied, thanks!', answered), status=word)
series('a part, then the rest', ('Bo', 'Applied 1/3 and 2/3.'),
       ('Bo', 'And now the last one, too. Applied 3/3.'), state='applied')
patch('a template below the list is said to nobody',
      ('Bo', 'Applied to\n\n   https://git.example.org/x/y.git for-next\n\nThanks!\n\n'
       '[1/1] keep the last frame\n      commit: %s\n\n'
       'All being well this means that it will be integrated into the next\n'
       'tree and sent on during the merge window.\n\n'
       'Please add any relevant lists and maintainers to the CCs when replying\n'
       'to this mail.\n' % COMMIT),
      state='applied', no_event='changes-requested', untold='relevant lists')

for said in ('I had to drop this again, it breaks the arm build.',
             'Sorry, I reverted it as it broke suspend.'):
    patch('taken back: ' + said, ('Bo', 'Applied to net-next, thanks.'),
          ('Bo', said, 1), state='under-review', applied=None)
for lead, state in (('For everything except patch 3:', 'under-review'),
                    ('The first two look good:', 'under-review'),
                    ('If you fix the typo in 2/3 you can add', 'under-review'),
                    ('For the series:', 'reviewed')):
    series('a tag: ' + lead, ('Bo', lead + '\n\nReviewed-by: @Bo@'), state=state)

for said in ('@bot please rebase', '/retest', '#syz test', '@mergebot merge'):
    patch('to a program: ' + said, ('Bo', said), waiting=None, questions=0, owed=None)

# ---- refused -----------------------------------------------------------------
patch('a refusal stands with its reason',
      ('Bo', 'Hell no. This only hides which frame was lost.\n'),
      ('Cy', 'I would rather see the copy spelled out, as in the other rings.\n'
       'It is a matter of taste.\n'),
      state='changes-requested', told='This only hides which frame was lost')
for said in ('Sorry, no. I solved it differently.', "I'll take Cy's version.",
             "I applied Cy's version of this instead.",
             'I fixed this in a different way in my tree.',
             "I'd rather not take this, the driver is going away.",
             'NAK. This breaks every driver that polls.',
             "I am not going to take this, the ring is deprecated.",
             'Rejected, see the discussion last week.',
             'This was already fixed by commit %s.' % COMMIT,
             'Already fixed in net-next, thanks.',
             'This is already in mainline as commit %s.' % COMMIT,
             'A fix for this was already applied, sorry.'):
    patch('refused: ' + said, ('Bo', said), state='rejected')
for said in ("I will take Cy's patch first, then yours.", "I'd take this if it had a test.",
             'I solved a similar problem differently in the foo driver.',
             'Rejected hunk #1.', 'Is this already fixed in net-next?',
             'The old driver was already fixed by commit %s.' % COMMIT,
             'I am not sure that EIO always means NACK, please look.',
             'When the chip is busy it answers with a NACK.',
             'This may already be fixed upstream.'):
    patch('not refused: ' + said, ('Bo', said), state='under-review')

# A patch that is missing, one that another posts, another subject: said of those.
STORIES.append(('not refused: one of the patches that are missing',
                'Re: [PATCH 0/3] {}: three fixes',
                [('Bo', 'I have looked at some of these.'),
                 ('Bo', 'NAK. The ring owns it.', 0,
                  {'Subject': 'Re: [PATCH 2/3] {}: part 2'})],
                {'state': 'changes-requested'}))
STORIES.append(('asked for by who answers: the author has written first',
                'Re: [PATCH 2/3] {}: part 2',
                [('Ada', '> Please free c when the copy fails.\n\nWill do, thank you. I '
                  'would rather call it from the core, will send v2.', 0,
                  {'To': '@Bo@'})], {'waiting': 'Ada', 'ungist': 'Ada Berg@ asks'}))
STORIES.append(('asked for by who answers: a program',
                'Re: [PATCH v6 2/3] {}: part 2',
                [('Ada', '> 0 errors before, 1 error now\n\nThis should be fixed in our v5. '
                  'Please try that one.', 0,
                  {'To': 'kernel test robot <lkp@intel.com>'}),
                 ('Cy', 'I see that on my board, too.')],
                {'ungist': 'Ada Berg@ asks for changes', 'waiting': None}))
for depth in ('> ', '> > '):
    STORIES.append(('asked for by who answers: below %r' % depth,
                    'Re: [PATCH] {}: keep the last frame',
                    [('Ada', depth + '+\ta = c;\n\nThis leaks c when the copy fails. '
                      'Please free it.', 0, {'To': '@Bo@', 'In-Reply-To': '<missing.{}@example.org>'}),
                     ('Cy', 'I see that on my board, too.')],
                    {'ungist' if len(depth) > 2 else 'gist': 'Ada Berg@ asks for changes'}))
STORIES.append(('not refused: a patch that another posts below a pull request',
                '[GIT PULL] {} fixes',
                [('Ada', 'Please pull two fixes for the ring.'),
                 ('Bo', PATCH[1].replace('@Ada@', '@Bo@'), 0,
                  {'Subject': '[PATCH] {}: a script'}),
                 ('Cy', "I won't take this, sorry.", 1, {'Subject': 'Re: [PATCH] {}: a script'})],
                {'state': 'under-review'}))
patch('not taken: another patch of the author',
      ('Ada', 'The index is late.\n\nSigned-off-by: @Ada@\n' + DIFF, 0,
       {'Subject': '[PATCH v3] fifo: advance index'}),
      ('Bo', 'Applied to net-next, thanks.', 1,
       {'Subject': 'Re: [PATCH v3] fifo: advance index'}),
      applied=None, state='under-review')
patch('not taken: under another subject',
      ('Bo', 'Unlike that one:\n\n' + DIFF, 0,
       {'Subject': 'docs of the ring (was: Re: [PATCH] {}: keep the last frame)'}),
      ('Cy', 'Applied, thanks.\n\nReviewed-by: @Cy@', 1,
       {'Subject': 'Re: docs of the ring (was: Re: [PATCH] {}: keep the last frame)'}),
      applied=None, tags=0, state='under-review')

# ---- the author answers ------------------------------------------------------
WISH = ('Bo', '> +\ta = c;\n\nThis leaks c when the copy fails. Please free it.')
for said, waiting in (
        ('No, c is freed by the caller.', 'Bo'),
        ('It does not leak: the core frees c on teardown.', 'Bo'),
        ('That is on purpose, the hardware still owns it.', 'Bo'),
        ('Will fix.', 'Ada'), ('Oh, good catch. Let me fix that up.', 'Ada'),
        ('Got it, will remove.', 'Ada'), ('Sure.', 'Ada'),
        ('Makes sense.', 'Ada'),
        ("Let's just free it in the core then.", 'Ada')):
    patch('to a wish: ' + said, WISH,
          ('Ada', '> This leaks c when the copy fails. Please free it.\n\n' + said, 1),
          waiting=waiting)

# What is told of it: an answer is one, and a promise says what will be done.
ASKED = 'changes asked for by Bo'
patch('told: no answer yet', WISH, gist='Bo Berg@ asks for changes; no answer yet',
      status=ASKED)
patch('told: an answer', WISH, ('Ada', 'The leak was there before, in the old driver.', 1),
      ungist='no answer yet', state='changes-requested')
patch('told: who wants it', WISH, ('Ada', '> This leaks c when the copy fails.\n\n'
                                   "I'd rather not, please see above. Will fix.", 1),
      ungist='Ada Berg@ asks')
for said in ('Will fix in v2.', "Good catch, I'll free it.", 'Sure, I can do that.'):
    patch('told as a promise: ' + said, WISH,
          ('Ada', '> Please free it.\n\n' + said, 1), gist='Ada Berg@ will change it',
          status='promised a change')
for said in ("I'll check that with clang.", 'I can send a patch for that.',
             "I'll have to look at how the core does it.", 'My bad.',
             'In practice people will be using the old driver.',
             "Let me test what happens then, I'll report back."):
    patch('not told as a promise: ' + said, WISH,
          ('Ada', '> Please free it.\n\n' + said, 1), waiting='Ada',
          ungist='will change it', status=ASKED)
for said in ('It is holiday season, huh?', 'I wonder why nobody saw that before.',
             'This is like the other ABI, while the old one is I believe IP32 (?) with plain words.',
             'Things like "how do I reset it" are answered in the manual.',
             'Does it save time, or what?'):
    patch('not told as asked: ' + said, ('Bo', said), unstatus='asked by')
patch('not the last word: others go on',
      ('Bo', '> Copy the frame before\n\nWhy is it copied at all?'),
      ('Ada', '> Why is it copied at all?\n\nBecause the hardware owns the frame.', 1),
      ('Cy', 'That one is on my desk, nice to see it move.', 0),
      status='last word: Cy')

# ---- courtesies are not told ----------------------------------------------------
for said in ('Please have a nice vacation.', 'Enjoy your weekend, all of you.',
             'I appreciate all your help.', 'Hope to hear from you soon.'):
    talk('The ring stops after a wrap of {}', 'not told: ' + said,
         said + ' The ring of my card stops after it has wrapped three times, and '
         'only a reboot helps.', untold=said, told='only a reboot helps')

# ---- in long talks, too ------------------------------------------------------------
MUCH = [(who, 'The ring keeps the %s frame since its %s is read by the hardware, so the '
         'index has to move before the %s does. On the boards with the %s chip the last '
         'frame should be copied by the driver as the core has no lock of the ring.'
         % (word, word, word, word), k)
        for k, (who, word) in enumerate(zip(
            ('Bo', 'Ada', 'Cy', 'Bo', 'Ada', 'Cy'),
            ('oldest', 'second', 'shared', 'broken', 'cached', 'mapped')))]
for said in ('I edited the changelog and sorted the includes.',
             'We had to fix up the Makefile for the other boards.'):
    patch('told with what is taken: ' + said, *MUCH,
          ('Bo', 'Applied to ring-next, thanks. ' + said, 6),
          ('Cy', 'That makes my three boards a lot more robust under load.', 7),
          told=said, state='applied')
patch('told: what is done, though a remark follows', *MUCH,
      ('Ada', 'I am going to remove this patch from the series.', 6), *MUCH[2:],
      ('Bo', "I'll point out again that it is the core which is slow here.", 3),
      told='going to remove this patch')

# ---- what a writer corrects is not told -------------------------------------------
talk('Which frames does {} drop?', 'corrected in the next mail',
     'Which frames does the ring drop when it is full?',
     ('Bo', 'It drops the oldest frames when the ring of the card is full.'),
     ('Bo', 's/oldest/newest/', 1), untold='oldest')

for said in ('Scratch that, it was a loose cable.', 'Oh, I misread the log, sorry.'):
    talk('Why does {} drop frames?', 'taken back: ' + said,
         'Why does the ring drop frames when it is full?',
         ('Bo', 'It drops the frames because its two locks are taken in turn.'),
         ('Bo', '> It drops the frames because its two locks are taken in turn.\n\n'
          + said + ' The cable of the card was loose.', 1),
         untold=': It drops the', told='cable of the card was loose')

talk('The ring of {} hangs', 'not told: that who told it would look', 'The ring hangs here.',
     ('Bo', "I'll take a look."),
     ('Bo', 'The core waits for a frame that the ring has dropped before.'),
     untold='take a look', told='has dropped before')
talk('The ring of {} hangs', 'told: that somebody will look', 'The ring hangs here.',
     ('Bo', "I'll take a look."), ('Cy', 'It hangs on my board with the old chip, too.'),
     told='take a look')

# ---- what is answered is told with the answer ------------------------------------
patch('told with the line of the patch',
      ('Bo', '> +\tcopy_frame(ring);\n\nThis should be done under the lock.'),
      told='("copy_frame(ring);"): This should')
patch('told with what was wanted, behind a word of thanks',
      ('Bo', 'Please copy the frame under the lock.'),
      ('Ada', '> Please copy the frame under the lock.\n\nSure. I will do so in v2.', 1),
      told='("Please copy the frame under the lock.")')
talk('The ring of {} is slow', 'no question of a program\'s output',
     'The ring is slow.',
     ('Bo', '> ls: cannot access ring: No such file or directory\n>\n'
      '> Did I miss any steps?\n\nYes, load the module.'),
     told='("Did I miss any steps?")')

# ---- a tag below a diff in the talk is for that ------------------------------------
series('a tag for a fix of the fix', ('Cy', '2/3 does not build here.', 2),
       ('Bo', 'Does this help?\n\n' + DIFF, 4), ('Cy', 'It does.\n\nTested-by: @Cy@', 5),
       tags=0)
series('a tag for the patch', ('Cy', 'It works here.\n\nTested-by: @Cy@', 2), tags=1)

# ---- questions that are none, or answered -----------------------------------------
talk('The ring of {} hangs', 'a command of a shell asks nothing',
     'The ring of my card hangs when I run this.\n\nringtest -v foo.img; echo $?\n\n'
     'It prints 1.', questions=0)
talk('How to reset {}', 'who asked got the result',
     'I want to reset the ring without a reboot.',
     ('Bo', 'There is a register for that.'),
     ('Ada', 'Bo, what should I write to that register?', 1),
     ('Ada', 'I have tried the reset of the manual and got the result I want, thanks!', 2),
     questions=0)

WHETHER = 'Can the ring of the old boards keep the last frame when it wraps?'
for said in ("It can't.", 'Nope.', 'Not yet.', 'Sure.', "I don't think so.",
             'Sorry, I have overlooked that. The old boards have no memory for one more '
             'frame, so what they keep is up to the firmware, and that is different for '
             'each board and for each of its versions.'):
    patch('told with the answer: ' + said,
          ('Bo', 'The old boards are the ones that count.\n' + WHETHER, 0),
          ('Ada', '> ' + WHETHER + '\n\n' + said, 1),
          told='("%s"): %s' % (WHETHER, said.split(' that. ')[-1]), untold='? Ada')
patch('not told as an answer: where it stands',
      ('Bo', 'The old boards are the ones that count.\n' + WHETHER, 0),
      ('Ada', '> ' + WHETHER + '\n\nThe answer is below.', 1),
      untold='The answer is below')

# ---- what programs print is not told ---------------------------------------------
talk('The bus of {} hangs', 'not told: a log', 'The bus hangs when I read the ring.',
     ('Bo', 'The state of the bus is not always the same when that happens. '
      'This is what it prints:\n\n[  495.289499] ring 1e78.bus: bus in unknown state. '
      'It was left alone.'), untold='unknown state', told='not always the same')
STORIES.append(('not told: values', '[PATCH] {}: count what is lost', [(
    'Ada', 'The ring counts its frames wrong on my card. It shows now:\n\n'
    'frames-in-high: 0\nframes-out-high: 0\n\nframes-in-low: 0 frames-out-low: 0 '
    'frames-lost-low: 0 rate-of-loss: 0\n\nSigned-off-by: @Ada@\n' + DIFF)],
    {'told': 'counts its frames wrong', 'untold': 'frames-out-low'}))

# ---- who speaks stands in brackets ------------------------------------------------
for lead in ('[Ada] ', '[Ada]\n', '[Ada]: '):
    talk('How the ring of {} wraps', 'a name in brackets: %r' % lead,
         'The ring wraps behind the last frame, as far as I can see in the manual.',
         ('Bo', lead + 'The ring wraps behind it.\n\n[Bo] It does so only with the new '
          'firmware, and never on cards that are older than that.'),
         told='only with the new firmware', untold='[Ada]')

# ---- what has lost its mark, and what stands behind another sentence -----------
for said, wanted in (('My card has two rings and I need to know how I can wrap it', 'told'),
                     ('My card has two rings and I would wrap them with the', 'untold')):
    talk('A ring of {} wraps', 'without its mark: ' + said,
         'The ring of the card wraps behind the last frame.',
         ('Bo', 'The old manual says that it does so.'), ('Cy', said),
         **{wanted: 'two rings and I'})
talk('A ring of {} hangs', 'a few words with what they go on with',
     'The ring of the card hangs when the last frame is a long one.',
     ('Bo', 'The manual of the card says that such frames are dropped. Confusing at least.'),
     told='such frames are dropped. Confusing at least.')

# ---- courtesies are no questions -----------------------------------------------
for said, questions in (('Please let me know if there are any problems.', 0),
                        ('Let us know if you see any issues with this.', 0),
                        ('Are there any problems with this on your side?', 1)):
    talk('Pull request of {}', 'asked: ' + said,
         'Here is what I have for the ring of 6.20.\n\n' + said, questions=questions)

# ---- who asks for a review has got one ------------------------------------------
for said, questions in (('Bo, the ring needs a lock here. Please add one.', 0),
                        ('I am on vacation until Monday.', 1)):
    series('asked for comments, then: ' + said,
           ('Ada', 'Could I get your comments on these patches?', 0),
           ('Bo', '> Copy the frame before\n\n' + said, 2), questions=questions)

# ---- whose turn it is --------------------------------------------------------
for said, waiting in (('I will look at this on Monday.', 'Bo'),
                      ('Let me test it on real hardware first.', 'Bo'),
                      ("I'll review this when I get a chance.", 'Bo'),
                      ('Cy, what do you think of this approach?', 'Cy'),
                      ('I will look at the next version.', None),
                      ('This will look like the other driver then.', None),
                      ('I will look at it if nobody else does.', None)):
    patch('the turn: ' + said, ('Bo', said), waiting=waiting)
series('the turn: a review has begun',
       ('Bo', 'This is a lot at once. I am going to review it anyway.', 0),
       ('Bo', '> +\ta = c;\n\nPlease free c when the copy fails.', 2), waiting='Ada',
       unstatus='reviewed by Bo')
patch('the turn: a promise is kept', ('Bo', 'I will look at this on Monday.'),
      ('Bo', 'Reviewed-by: @Bo@'), state='reviewed')

# ---- programs ----------------------------------------------------------------
for text in ('checkpatch: PASS\nbuild x86: PASS\nbuild arm: FAIL\nboot: PASS',
             'Tests run: 120, passed: 118, failed: 2',
             '| Test | Result |\n|------|--------|\n| build | success |\n'
             '| kunit | failure |'):
    patch('a failure: ' + text.split('\n')[-1], ('Bot', text, 0, ROBOT),
          waiting='Ada', told='fail')
for text in ('checkpatch: PASS\nbuild x86: PASS\n0 errors, 0 warnings',
             'Tests run: 120, passed: 120, failed: 0', 'All 14 tests passed, no failures.'):
    patch('no failure: ' + text.split('\n')[-1], ('Bot', text, 0, ROBOT), waiting=None)
for said in ('This resolves the build error that I see with clang.\n\nTested-by: @Bo@',
             'I tested it, and it gets rid of a warning of my build.',
             'I ran the tests, and they fail without this patch, too.'):
    patch('no failure: ' + said.split('\n')[0], ('Bo', said), no_owed='test-failed',
          ungist='failed', unstatus='a test failed')
for said, waiting in (('That failure is not related to this patch.', None),
                      ('It is fixed in the core already, and unrelated.', None),
                      ('Thanks, I see it here as well.', 'Ada')):
    patch('a failure, and its author: ' + said,
          ('Bot', 'build arm: FAIL\nbuild x86: PASS', 0, ROBOT), ('Ada', said, 1),
          waiting=waiting)
patch('a failure: of a person', ('Bo', 'I tested this on my board, and the boot fails now.'),
      waiting='Ada', gist='a test by Bo Berg@ failed')
patch('no failure: once more, and well',
      ('Bot', 'build arm: FAIL\nbuild x86: PASS', 0, ROBOT),
      ('Bot', 'build arm: PASS\nbuild x86: PASS', 0, ROBOT), waiting=None)
patch('a failure: another program finds nothing',
      ('Bot', 'build arm: FAIL\nbuild x86: PASS', 0, ROBOT),
      ('Other', 'All 12 tests passed.', 0,
       {**ROBOT, 'From': 'other bot <other@ci.example>'}), waiting='Ada')

for to, answers, waiting in (('@Ada@', (), 'Ada'), ('@Ada@, @Cy@', (), None),
                             ('@Ada@', (('Ada', 'I see it.'),), None)):
    STORIES.append(('a commit of %s, %d answers' % (to, len(answers)),
                    '[net:main 3/7] net/{}.c:10: error: a undeclared',
                    [('Bot', 'tree: net/main\ncommit: %s [3/7] ring: wrap late\n\n'
                      'All errors (new ones prefixed by >>):\n\n>> net/ring.c:10: error: '
                      "'a' undeclared\n" % COMMIT, 0,
                      {**ROBOT, 'From': 'kernel test robot <lkp@intel.com>', 'To': to}),
                     *answers], {'waiting': waiting}))

STORIES.append(('no commit of anybody', '[tracker] KASAN: {}: use after free',
                [('Bot', 'tracker bot found the following issue on:\n\nHEAD commit: %s\n\n'
                  'BUG: KASAN: slab-use-after-free in ring_wrap\n' % COMMIT, 0,
                  {**ROBOT, 'From': 'syzbot <syzbot+1@syzkaller.appspotmail.com>',
                   'To': '@Ada@'})], {'waiting': None}))

TRACKER = {'From': 'tracker bot <tracker@ci.example>', 'Auto-Submitted': 'auto-generated'}
REPORT = ('Bot', 'Hello,\n\ntracker bot found the following issue on:\n\n'
          'BUG: unable to handle page fault in ring_wrap\n', 0, TRACKER)
for said, state, front in (
        ('syzbot suspects this issue was fixed by commit:\n\ncommit %s\n'
         'Author: @Cy@\n\n    ring: wrap late\n\nbisection log: https://ci.example/1\n'
         % COMMIT, 'open', None),
        ('Auto-closing this bug as obsolete.\nCrashes did not happen for a while.',
         'answered', None),
        ('tracker bot has found a reproducer for the following issue on:\n\n'
         'BUG: unable to handle page fault in ring_wrap\n', 'open', 'broke')):
    STORIES.append(('a tracker: ' + said.split('\n')[0], 'BUG: {}: page fault in ring_wrap',
                    [REPORT, ('Ada', 'I see it as well.'), ('Bot', said, 0, TRACKER)],
                    {'state': state, 'front': front}))
for said in ('Where can I find the config?', 'This should not happen, please send the config.'):
    STORIES.append(('nobody waits for a program: ' + said.split()[0],
                    'Re: [PATCH v3 2/4] {}: keep the frame',
                    [('Ada', said, 0, {'To': 'test robot <robot@ci.example>'})],
                    {'waiting': None, 'owed': None}))

# ---- questions ---------------------------------------------------------------
for said in ('Do you know which commit introduced this', 'Did you consider using kfifo?',
             'I am not sure I understand why the copy is needed.',
             'I wonder if the copy is needed when the ring is empty.'):
    patch('asked: ' + said, ('Bo', said), questions=1)
for said in ('How nice is that? Thanks for the fix.', 'What could possibly go wrong?',
             'That is x ? y : z in the old code.',
             'Why is it slow? Because the lock is taken twice.'):
    patch('not asked: ' + said, ('Bo', said), questions=0)
patch('asked how to send what is taken',
      ('Ada', 'Please let me know if I should resend with the tag added.', 0),
      ('Bo', 'Applied to ring-next, thanks.'), state='applied', questions=0)
talk('Does {} wrap?', 'asked, and corrected by the asker', 'Why does the ring wrap at 8?',
     ('Bo', 'What happens if you set no size at all?'),
     ('Bo', 'Sorry, on this board the size is fixed, and the driver ignores it.'),
     questions=0, unstatus='asked by Bo')
talk('Does {} wrap?', 'asked, and taken back', 'The ring of my board wraps at 8.',
     ('Bo', 'Is that the size of the fifo of your board?'),
     ('Bo', 'Obviously not, forget me.', 1), questions=0)
talk('Does {} wrap?', 'asked, and understood', 'The ring of my board wraps at 8.',
     ('Bo', 'Is that the size of the fifo of your board?'),
     ('Bo', 'oh, I got it, the fifo has 16.', 1), questions=0)
talk('Bug: {} hangs', 'closed, as a tracker says', 'The ring of my board hangs at boot.',
     ('Bo', 'Which version of the kernel is that?'),
     ('Ada', '\n         What    |Removed    |Added\n----------------------------------------\n'
      '         Status|NEW        |RESOLVED\n     Resolution|---        |UNREPRODUCIBLE\n\n'
      '--- Comment #2 from Ada ---\nI no longer have that board.\n', 1), state='answered')
talk('Merging {} before the release', 'an offer beside what is wanted',
     'Which patches should go in before the release?',
     ('Bo', 'The mask of the ring, it is reviewed (or I can prepare another fix, I also '
      'plan to send a patch for the manual).'), unstatus='waiting for Bo')
talk('Does {} wrap?', 'granted, and then what is meant',
     'The ring takes the lock twice when it wraps around, is that what we want?',
     ('Bo', 'Yes, the ring does lock the buffer whenever it wraps around.  However, it\n'
      'returns at once when the writer holds the lock, which loses the frame.'),
     untold='does lock the buffer', told='returns at once when')
talk('Does {} wrap?', 'asked, and sorry for something else', 'Why does the ring wrap at 8?',
     ('Bo', 'What happens if you set no size at all?'),
     ('Cy', 'Sorry, on this board the size is fixed, and the driver ignores it.'),
     questions=1)
patch('changes asked for, and talked of', ('Bo', 'Please use a mask here instead.'),
      ('Ada', "Hm. I'd rather have the modulo, the size is no power of two.", 1),
      untold='awaits an answer')

patch('not asked: in the words of another one', ('Bo', 'I am not sure about the copy.'),
      ('Ada', '[Bo] Why do you copy it?\n\nThe hardware owns it.\n', 1), questions=0)
patch('asked: anybody', ('Bo', '> +\ta = c;\n\nI see it on arm, too. Is anyone out there using '
                         'it on x86?'), waiting=None)

# ---- talk --------------------------------------------------------------------
BUG = '{}: last frame is lost since 6.19', 'I lose frames since 6.19-rc1. It worked in 6.18.'
for said in ('I have reverted the offending commit in for-next.', 'Pushed a fix to master.',
             'This was fixed by commit %s.' % COMMIT,
             'The patch has been reverted upstream, see commit %s.' % COMMIT,
             'This should already be fixed in v6.19-rc3.', 'Already fixed upstream.',
             'This was fixed in v6.18.3.', 'Fixed in 6.19-rc2.',
             'Known bug, the fix is in linux-next already.',
             'This is a duplicate of the report of last week.',
             'I think this is the same bug as in https://lore.example.org/r/1@example.org',
             '#syz dup: fifo: frames are lost', '#regzbot dup: https://lore.example.org/r/1'):
    talk(BUG[0], 'settled: ' + said, BUG[1], ('Bo', said), state='answered',
         kind='bug-report')
for said in ('Could you bisect it?', 'I see the same on my board.', 'I will have a look.',
             'If I had reverted that commit, would it help?',
             'It is not fixed in mainline.', 'Was this already fixed upstream?',
             'It may be fixed in 6.19-rc2, I am not sure.', '#syz set subsystems: net',
             'I thought it was already fixed in v6.18, but I see it again.'):
    talk(BUG[0], 'open: ' + said, BUG[1], ('Bo', said), state='open')
QUESTION = 'How do I enlarge the {}?', 'How can I make the ring larger than 512 entries?'
for said in ('Same question here, I would be glad about an answer.', '+1',
             "I'd like to know that as well.", 'No idea, sorry.', 'Any news on this?'):
    talk(QUESTION[0], 'no answer: ' + said, QUESTION[1], ('Bo', said), state='open')

talk(QUESTION[0], 'taken back: ignore my previous mail',
     'Sorry, ignore my previous message. I had never submitted the entry.',
     state='answered', owed=None)
for said, state in (('I figured out how to enlarge it, and it compiles properly.', 'answered'),
                    ('I found out a part of the entries, here they are.', 'open')):
    talk(QUESTION[0], 'the asker: ' + said, QUESTION[1], ('Bo', 'Which driver is it?'),
         ('Ada', said, 1), state=state)
talk(QUESTION[0], 'asked: ignore my previous mail, and a question',
     'Please ignore my previous mail, it was cut.\n\n' + QUESTION[1],
     state='new')

# ---- what is still owed, late ------------------------------------------------
LATE = ('Bo', '> +\ta = c;\n\nPlease free c when the copy fails.')
for said in ('Right, thanks, commit updated.', "I'll fix that up when applying.",
             'Good point, I fixed it up.'):
    patch('changed by another: ' + said, LATE, ('Cy', said, 1), owed=None,
          unstatus='waiting for Ada')
for said in ('Good point, Ada should do that.', 'Can you fix it up, Ada?',
             'I see the same in the old code.'):
    patch('still to be changed: ' + said, LATE, ('Cy', said, 1), owed='changes-requested',
          status='waiting for Ada')
BETTER = '> +\ta = c;\n\nIt would be better to use kmemdup() here.'
patch('wanted', ('Bo', BETTER), owed='changes-requested')
patch('wanted, and the author is asked', ('Bo', BETTER + ' @Ada, what do you think?'),
      owed='changes-requested')
patch('wanted, of how mails are written',
      ('Bo', 'Thanks for testing. Please do not top post and always edit your quotes.'),
      state='under-review', owed=None)
patch('an opinion', ('Bo', BETTER + '\nJust my 0.02$.'), owed=None,
      status='last word: Bo', unstatus='asked for by')
patch('a third is asked in a word', ('Bo', BETTER + '\n@Cy WDYT?'), owed=None)
patch('a third is asked', ('Bo', BETTER + '\n@Cy, what do you think?'), owed=None)
patch('praise', ('Bo', '> +\ta = c;\n\nI think this is ok, the ring is expected to '
                 'do all it needs and be\npotentially slow.'),
      no_owed='changes-requested')
for said in ("I'll just move to that thread.", 'I will reply there then.',
             'I will consider more cases in the later test.',
             "Thanks! I'll have to dig more into it to see what is wrong."):
    patch('no promise: ' + said, ('Bo', LATE[1]),
          ('Ada', '> Please free c when the copy fails.\n\n' + said, 1),
          no_owed='promised')
patch('a promise', ('Bo', LATE[1]),
      ('Ada', '> Please free c when the copy fails.\n\nWill fix in v2.', 1),
      owed='promised')
PARTS = [{'Subject': 'Re: [PATCH %d/3] {}: part %d' % (i, i)} for i in range(4)]
series('the first is to change', ('Bo', *LATE[1:], 1, PARTS[1]),
       owed='changes-requested')
series('the first is to change, the last merged', ('Bo', *LATE[1:], 1, PARTS[1]),
       ('Bo', 'Merged, thanks!', 3, PARTS[3]), owed=None)
series('the first is to change, the others merged', ('Bo', *LATE[1:], 1, PARTS[1]),
       ('Bo', 'Merged, thanks!', 2, PARTS[2]), ('Bo', 'Merged, thanks!', 3, PARTS[3]),
       owed='changes-requested')
patch('could be taken by another one', ('Bo', 'Reviewed-by: @Bo@\n\nCy, could you pick this '
                                         'up via your tree?'), waiting='Cy')
patch('taken by the author, and nothing else', ('Ada', 'Merged!'), owed=None)
patch('not taken by the author', ('Ada', 'Merged the first hunk into my other patch.'),
      state='new', owed='no-answer')
talk(BUG[0], 'kept: the patch names who reported it', BUG[1],
     ('Bo', "I'll prepare a fix for this."), follow='ada', owed=None)
talk(BUG[0], 'not kept: the patch names somebody else', BUG[1],
     ('Bo', "I'll prepare a fix for this."), follow='cy', owed='promised')
patch('the words of a manual, and their reader\'s',
      ('Bo', 'The manual page of the ring says:\n\nA reader that asks for the last frame '
       'must hold the lock of the ring until the frame is copied.\n\n'
       'Your reader copies the frame without any lock of the ring.'),
      untold='A reader that asks', told='Your reader copies the frame')
STORIES.append(('a postscript is not what a patch is about', '[PATCH] {}: keep the last frame', [
    ('Ada', 'This is my attempt to close the loop on a discussion [1] that we had of the ring '
     'in\nautumn. It loses frames when the index wraps.\n\n'
     'P.S: While testing the cache I also noticed that the timer of the ring is broken, but '
     'that deserves\na patch of its own, because it is another timer.\n\n'
     'Signed-off-by: @Ada@\n' + DIFF, 0)], {'untold': 'P.S'}))
patch('a promise is a decision', ('Bo', LATE[1]),
      ('Ada', '> Please free c when the copy fails.\n\nI will fix that in v2.', 1),
      decided='I will fix that')
for said in ('I can drop the free from the next version.',
             'I will see if I can make the free of c explicit.',
             "I'll keep this in mind and consider adding such a free as a follow-up."):
    patch('no decision: ' + said, ('Bo', LATE[1]),
          ('Ada', '> Please free c when the copy fails.\n\n' + said, 1), undecided=said)
for said in ('That problem was fixed in v4.2 by a change of the ring.',
             'There are some corner cases of the ring that should be fixed in 4.2 or newer.',
             '`make ring` works for me on 5.10.'):
    talk(BUG[0], 'no decision: ' + said, BUG[1], ('Bo', said), undecided=said)
TWO = [{'Subject': '[PATCH v2 %d/2] {}: part %d' % (i, i)} for i in range(3)]
series('an answer that is sent as a patch is none', ('Bo', LATE[1]),
       ('Ada', 'Hi,\n\nThanks for the review. I have freed c now, and v2 follows.', 4, TWO[1]),
       ('Ada', PATCH[1], 4, TWO[1]), ('Ada', PATCH[1], 6, TWO[2]),
       told='posted v2', untold='awaits an answer')
patch('words of another text that are indented, and their reader\'s',
      ('Bo', 'The compiler has an option for that, and it seems that you have turned it on:\n\n'
       '    This option enables instrumentation of all references to memory that\n'
       '    are made by a builtin function of the compiler.\n\n'
       'Without it your patch is not needed at all.'),
      untold='This option enables', told='Without it your patch')
for said in ('nit: maybe also split the long line of the ring?',
             'I wonder why nobody saw that the ring loses frames.'):
    patch('told, but as no open question: ' + said, ('Bo', said), told=said, untold='→')


# ---- who replied, and who answered -------------------------------------------
talk('the fan stands still at {}', 'who asks on has not answered',
     'The fan stands still when the lid is closed. Which driver controls it?\n',
     ('Bo', 'Which kernel do you run?\n'),
     gist=': Bo', ungist='answered by')
talk('the light goes out at {}', 'who answered is named, who asked on is not',
     'The light goes out when the lid is closed. Which driver controls it?\n',
     ('Cy', 'Which kernel do you run?\n'),
     ('Bo', 'It is controlled by the lid driver, which has an option for it.\n', 0),
     ('Ada', 'That was it, it works now. Thanks!\n', 2),
     state='answered', gist='answered by Bo')

# ---- promises and decisions --------------------------------------------------
RESPUN = ('Ada', PATCH[1], 1, {'Subject': '[PATCH v2] {}: keep the last frame'})
ELSEWHERE = ('Ada', PATCH[1], 0, {'Subject': '[PATCH v2] {}: keep the last frame',
                                  'In-Reply-To': '<none@example.org>'})
WISH = ('Bo', '> +\ta = c;\nPlease move this below the lock.')
WILL = ('Ada', '> Please move this below the lock.\nOK, I will move it in v2.', 1)
patch('what will be done is decided', WISH, WILL, decided='I will move it')
patch('what was done since is not decided any more', WISH, WILL, RESPUN,
      undecided='I will move it', told='I will move it')
patch('nor what another thread has', WISH, WILL, ELSEWHERE,
      undecided='I will move it', told='I will move it')
patch('nor what the author says is replaced', WISH, WILL,
      ('Ada', 'This patch is replaced by https://lore.kernel.org/x/20260311.1@example.org/',
       0), undecided='I will move it', told='I will move it')
for said in ("I'll look into it, it may be better above the lock.",
             "I'll get to the bottom of it as soon as possible.",
             "I'll take a closer look."):
    patch('what is only looked into is not decided: ' + said, WISH,
          ('Ada', '> Please move this below the lock.\n' + said, 1),
          undecided=said[5:12])
for said in ("I'll send you the object file in a private mail.",
             "Sure, I'll keep that in mind for future patches.",
             "I'll reply to that on the other thread.",
             'I will move the discussion to Gerrit.'):
    patch('no change is promised: ' + said,
          ('Bo', 'On which machine does it lose the frame?'), ('Ada', said, 1),
          state='under-review', undecided=said[5:20])


# ---- whose turn it surely is -------------------------------------------------
ASKS_BACK = ('Bo', 'Which firmware do the cards have?')
talk('{} is slow', 'who was asked is waited for', 'The ring copies every frame twice.',
     ASKS_BACK, status='waiting for Ada Berg')
talk('{} is slow', 'another one has answered', 'The ring copies every frame twice.',
     ASKS_BACK, ('Cy', '> Which firmware do the cards have?\nMine has version 7.', 1),
     unstatus='waiting for Ada')
talk('{} is slow', 'who asked has found it', 'The ring copies every frame twice.',
     ASKS_BACK, ('Bo', 'Ah, it stands in the log: version 7 on both cards.', 1),
     unstatus='waiting for Ada')
patch('who asked the author has found it', ('Bo', 'Is the lock held at this place?'),
      ('Bo', 'Ah, the caller takes it two lines above. I see.', 1),
      unstatus='waiting for Ada')
patch('the author asks back', ('Bo', '> +\ta = c;\nPlease use the helper of the core.'),
      ('Ada', 'Which of the two do you mean, the one with the lock?', 1),
      waiting='Ada', unstatus='waiting for Ada', status='waiting for Bo Berg')

patch('the author has found out', WISH, ('Cy', 'The helper of the core locks it.'),
      ('Ada', 'We found that the firmware of the new boards moves the index.\nThe next release '
       'of the firmware does not.', 2), waiting='Ada', unstatus='waiting for Ada')
series('the author speaks of another patch', ('Bo', '> +\ta = c;\nPlease free c.', 1,
                                              {'Subject': 'Re: [PATCH 1/3] {}: part 1'}),
       ('Ada', 'The board is an old one.', 2, {'Subject': 'Re: [PATCH 2/3] {}: part 2'}),
       status='waiting for Ada')

# ---- who gives in ------------------------------------------------------------
AGAINST = ('Bo', 'I do not like this: the frame is copied twice. NACK.')
for said in ("OK, let's keep it as-is.", 'OK. My patch can be disregarded.'):
    patch('the author gives in: ' + said, AGAINST, ('Ada', said, 1), state='withdrawn')
patch('one that is kept as it is', ('Bo', '> +\ta = c;\nPlease rename c to frame.'),
      ('Ada', "Let's keep it as it is, c is used in the whole file.", 1),
      state='changes-requested')
HELD = ('Ada', 'The caller holds it.', 1)
LOCK = ('Bo', '> +\ta = c;\nPlease take the lock here.')
patch('a reviewer is content', LOCK, HELD, ('Bo', 'Ah, I see. Thanks!', 2),
      state='under-review', undecided='I see')
patch('and still wants something', LOCK, HELD,
      ('Bo', 'Ah, I see. Please add a comment that says so.', 2), state='changes-requested')
LATE = ('Cy', '> +\ta = c;\nPlease move this below the lock.', 0)
patch('who asks for changes before', LATE, ELSEWHERE, gist='Cy Berg@ asked for changes')
patch('and when another version is there', ELSEWHERE, LATE, gist='posted v2',
      ungist='asked for changes')
patch('what happens is not promised', WISH,
      ('Ada', '> Please move this below the lock.\nBut since no frame has been restored '
       'yet, we will get an empty list.', 1), unstatus='promised a change')
patch('drive-by bikeshedding', ('Bo', '> +\ta = c;\nDrive-by bikeshedding: please '
                                'rename c to frame.'), unstatus='waiting for Ada')
for said in ('Plugging the card in again was the solution.', 'Yes, that works. Thanks!',
             'This did fix my problem.'):
    talk('{} is slow', 'solved: ' + said, 'The ring copies every frame twice. Why?',
         ('Bo', 'Try to plug the card in again.'), ('Ada', said, 1), state='answered')
talk('{} is slow', 'an example that works', 'The ring copies every frame twice. Why?',
     ('Bo', 'With which driver? Does it work with the old one?'),
     ('Ada', 'It works with the old one, and loses frames with the new one.', 1),
     state='open')
patch('an apology is no news',
      ('Bo', 'Sorry that I was busy with the timers of the other board.\n\n'
       'The index moves before the frame is copied on boards with two rings.'),
      untold='I was busy', told='The index moves before the frame is copied')
patch('an apology, and what follows from it',
      ('Bo', 'Sorry for the noise, but the ring still loses frames on my board.'),
      told='the ring still loses frames')
patch('forgiveness is no news',
      ('Bo', 'Please forgive me for not having replied before on this thread.\n\n'
       'The index moves before the frame is copied on boards with two rings.'),
      untold='forgive', told='The index moves before the frame is copied')
patch('a joke is no news',
      ('Bo', 'The rings of this board are copied twice when they wrap.'),
      ('Ada', '> The rings of this board are copied twice when they wrap.\n'
       'Then my board was reasonable ;-)', 1),
      untold='was reasonable')
patch('a remark with a smile',
      ('Bo', 'The rings of this board are copied twice when they wrap, which the '
       'other\ndriver does not do :-)'),
      told='are copied twice when they wrap')
patch('a remark about nothing',
      ('Bo', '> +\ta = c;\n> }\nThis part is not.\n\n'
       'The index moves before the frame is copied on boards with two rings.'),
      untold='This part is not', told='The index moves before the frame is copied')
patch('a remark about what is quoted',
      ('Bo', 'The index moves before the frame is copied on boards with two rings.'),
      ('Ada', '> The index moves before the frame is copied on boards with two rings.\n'
       'That cannot happen here.', 1),
      told='That cannot happen here')

# ---- what others have answered ---------------------------------------------------
SEARCH = 'this looks like bsearch().\nWhy is that one not used here?'
BY_OTHERS = '> Why is that one not used here?\n\nIt wants an exact match.'
patch('asked of the author, answered by another', ('Bo', SEARCH),
      ('Cy', BY_OTHERS, 1), waiting=None, questions=0, unstatus='waiting for Ada')
patch('asked of the author by name, answered by another', ('Bo', 'Ada, ' + SEARCH),
      ('Cy', BY_OTHERS, 1), waiting='Ada')
patch('asked and taken back', ('Bo', SEARCH), ('Bo', 'Actually, ignore that.', 1),
      waiting=None, questions=0)
WHY = ('Bo', '> +\ta = c;\nWhy is c copied before the index moves?')
patch('asked, and applied by who asked', WHY, ('Bo', 'Applied to net-next, thanks.'),
      state='applied', questions=0)
patch('asked, and a tag of who asked', WHY, ('Bo', 'Reviewed-by: @Bo@'), questions=0)
patch('asked, and a tag of another', WHY, ('Cy', 'Reviewed-by: @Cy@'), questions=1)
patch('asked when it was applied', ('Bo', 'Applied to net-next, thanks.'), WHY,
      ('Bo', 'Applied to net, too, thanks.'), questions=1)
talk('{} is slow', 'solved, whatever was asked', 'The ring copies every frame twice. Why?',
     ('Bo', 'Which driver do you use?'),
     ('Ada', 'I figured out what was wrong, thanks.'),
     state='answered', questions=0)
for said in ('Thanks for your advice on the reproducer, it is in the log now.',
             "Done in my tree. Let me know if I missed anything.",
             "That is how I read it, correct me if I'm wrong."):
    patch('a courtesy: ' + said, ('Bo', 'The log does not say how to see it.'),
          ('Ada', said, 1), questions=0)
patch('merged in passing', ('Bo', "I'd drop the tag, as the code is not broken.\n"
                            'The patch is okay so I went ahead and merged it to net/next.'),
      state='applied')
for said in ('Please ignore this patch, it breaks the tests.\nI will send another one soon.',
             'Ben, mind to drop the patch?\nIt is not worth it any more.'):
    patch('taken back: ' + said, ('Bo', 'Reviewed-by: @Bo@'), ('Ada', said),
          state='withdrawn', waiting=None)
patch('not taken back: a part of it', ('Bo', '> +\ta = c;\nIs that one needed?'),
      ('Ada', 'No. Could you drop this when applying?', 1), state='under-review')
patch('taken, and deleted again', ('Bo', 'Applied to net-next, thanks.'),
      ('Ada', 'This breaks the old driver, can you drop it?', 1),
      ('Bo', "I've moved it to a branch and deleted it from net-next.", 2),
      state='withdrawn')
series('taken by two, one of whom names a tree',
       ('Bo', 'Applied to net/ring-next, thanks.', 1, PARTS[1]),
       ('Cy', 'Applied, thanks!', 3, PARTS[3]), applied=[1, 3], tree='', undecided='ring-next')
patch('told as it was said: will be', ('Bo', "I'll apply your patch, it is good enough."),
      state='applied', decided='queued the patch')
patch('asked to look, and has looked', ('Bo', 'Looks fine.\n\n@Cy: could you please double '
                                         'check?\n\nReviewed-by: @Bo@'),
      ('Cy', '> +\ta = c;\n\nI would have a field for it, then no switch is left.'),
      unstatus='waiting for Cy')
patch('changes without a new version', ('Bo', '> +\ta = c;\nPlease add a blank line here.\n'
                                        "There's no need to resubmit to fix this alone."),
      ungist='Bo Berg@ asks for changes', unstatus='waiting for Ada')
for said in ('Thanks for the patch, but I already sent this a month ago.',
             'Thanks, but a patch for this has already been posted to the list.',
             'Cy already submitted an identical patch.'):
    patch('another one has it: ' + said, ('Bo', said), state='rejected')
for said in ('Has an identical patch been posted before?',
             'A similar patch may have been sent for the old driver.'):
    patch('another one may have it: ' + said, ('Bo', said), state='under-review')
talk('backport of {} to 5.4', 'queued, as was asked for', 'Please consider cherry-picking the '
     'fix for the ring to 5.4.y, it applies\ncleanly there.', ('Bo', 'Now queued up, thanks.'),
     state='answered')
STORIES.append(('all that is left is who took it', 'Re: {}: keep the last frame',
                [('Bo', '@Ada@ wrote:\n\n> The ring drops the last frame when it wraps.\n\n'
                  'Patch applied to ring-next.git, thanks.')],
                {'state': 'applied', 'tree': 'ring-next.git', 'status': 'by Bo Berg@'}))
patch('told by name, and not asked', ('Bo', '@Cy FYI if you put a blank before the tag it is '
                                       'not found.'), waiting=None, questions=0)
patch('two questions, and one of them answered',
      ('Bo', SEARCH + '\nWhich release has this bug?'), ('Cy', BY_OTHERS, 1),
      waiting='Ada', questions=1)
CHANGED = ('Ada', PATCH[1].replace('---\n', '---\nChanges since v1:\n - use two frames for '
                                   'the copy of a wrapped ring\n\n', 1))
STORIES.append(('what a version changes is no request', '[PATCH v2] {}: keep the last frame',
                [CHANGED, ('Bo', 'Does the copy of the frame take the lock of the '
                           'ring, or is it free for others?')],
                {'told': 'Changed in v2: Use two frames for the copy'}))
STORIES.append(('nor of a version without a number', '[PATCH] {}: keep the last frame',
                [CHANGED], {'untold': 'Changed in'}))
STORIES.append(('what a program complains of', '[PATCH] {}: keep the last frame',
                [('Ada', 'The build of the ring fails like this:\n\n  f.c:1:2: error: frame '
                  'may be lost [-Werror]\n   1 |  x;\n\nSigned-off-by: @Ada@\n' + DIFF)],
                {'told': 'like this: frame may be lost'}))

patch('waited for since the promise', WISH,
      ('Ada', '> Please free it.\n\nWill fix in v2.', 1,
       {'Date': 'Fri, 13 Mar 2026 09:00:00 +0000'}),
      status='waiting for Ada Berg@ since 2026-03-13 (promised a change)')

# ---- which were taken, and where to -------------------------------------------------
for said in ('Picked this new version, with the acks.',
             "The description applies to both, I'll apply the patch separately."):
    patch('taken: ' + said, ('Bo', said), state='applied')
for said, patches in (
        ('I pulled the first two patches.', [1, 2]),
        ('Thanks, I merged the first and the third patch.', [1, 3]),
        ('Applied the second one, thanks.', [2]),
        ("I've picked patch 1 as it's a fix of its own and should go to stable trees, the "
         'others\nhave to wait for the next release and are still in my queue.', [1])):
    series('a part: ' + said, ('Bo', said), applied=patches, tree='')
for said in ('Applied with the typo in the second patch fixed.',
             'Pulled, thanks. The third of them may need an ack.'):
    series('all of them: ' + said, ('Bo', said), applied='all')
series('some, but not which', ('Bo', 'I pulled the two patches, here is a tag.'), applied=None)
patch('taken, and it should go to stable', ('Bo', "I've picked this to for-next, and it should "
                                            'go to stable trees.'), tree='for-next')
patch('taken, removed and pushed', ('Bo', 'Applied to net-next, thanks.'),
      ('Ada', 'It is not right. Can you please remove it in the meanwhile?', 1),
      ('Bo', 'Ok, removed and pushed.', 2), applied=None)
patch('taken, a line removed', ('Bo', 'Applied to net-next, thanks.'),
      ('Ada', 'Is the comment still right?', 1), ('Bo', 'Removed and pushed.', 2), applied='all')
patch('taken, and will be reverted', ('Bo', 'Applied to net-next, thanks.'),
      ('Cy', 'This breaks the boot on arm.'), ('Bo', "OK, I'll revert it.", 2), applied=None)
patch('taken, and a hunk may be reverted', ('Bo', 'Applied to net-next, thanks.'),
      ('Cy', 'This breaks the boot on arm.'),
      ('Bo', 'I can either keep a copy, or revert this hunk.', 2), applied='all')

# ---- solved, replaced, done --------------------------------------------------------
for said in ('6.19-rc3 does indeed resolve the issue, thanks for fixing it.',
             'With this patch the ring works again.\n\nTested-by: @Ada@'):
    talk(BUG[0], 'helped: ' + said, BUG[1], ('Bo', 'Please try the attached one.'),
         ('Ada', said, 1), state='answered')
talk(BUG[0], 'not helped: it is reverted', BUG[1], ('Bo', 'Please try the attached one.'),
     ('Ada', 'Reverting that commit fixes the issue, thanks for any help.', 1), state='open')
patch('replaced: that version', ('Bo', "Cy used another format, I'll take that version."),
      state='rejected', applied=None)
LINK = 'https://lore.kernel.org/x/20260311.1@example.org/'
for said in ("I'm planning to take this patch instead:\n%s\n\nPatch set to Superseded." % LINK,
             'The patch had many issues so I sent v2:\n%s\n\nPatch set to Changes Requested.'
             % LINK):
    patch('replaced: ' + said.split(':')[0], ('Bo', said), state='superseded', waiting=None)
patch('not replaced: v2 of another one', ('Bo', 'I sent v2 of my patch for the fifo.'),
      state='under-review')
patch('the author fixes it when it is applied',
      ('Ada', "There is a typo in the commit message. I'll fix it when I apply it."),
      state='new', unstatus='promised')
for said in ('In the pending branch I renamed the flag and I added a comment here:',
             'I think this is ok, the ring is expected to do all it needs and be\n'
             'potentially slow.'):
    patch('nothing is wanted: ' + said, ('Bo', '> +\ta = c;\n\n' + said),
          no_event='changes-requested', waiting=None, state='under-review')
for said, state in (('Hi Bo,\n\nthanks a lot for your help.', 'answered'),
                    ("Thanks for your help so far, I'll try that.", 'open'), ('Thanks.', 'open')):
    talk('Access to {}', 'thanked: ' + said.split(',')[-1],
         'Could you please add me to the group of the ring?',
         ('Bo', 'I have added you to the group.'), ('Ada', said, 1), state=state)
patch('praise of a reply is no decision', ('Bo', 'How about this on top?\n\n' + DIFF),
      ('Ada', 'Nonetheless, the changes of the ring look good to me.', 1), undecided='look good')
patch('what is tried is no decision', ('Bo', 'Could you use the helper of the core here?'),
      ('Ada', "> Could you use the helper of the core here?\n\nI'll try the helper of the core.", 1),
      undecided='try the helper')
patch('wanted: what another one added', ('Bo', '> +\ta = c;\n\nI added that in the other '
                                         'driver, please use the helper here, too.'),
      state='changes-requested')

series('who got an answer, and went on',
       ('Bo', '> +\ta = c;\nWhy is c copied before the index moves?', 1, PARTS[1]),
       ('Ada', '> Why is c copied before the index moves?\n\nThe hardware owns it.', 4, PARTS[1]),
       ('Bo', 'I have seen this one on arm, too.', 3, PARTS[3]), waiting=None)


def letters(number):
    """A word of its own for a story: aa, ab, …"""
    return chr(97 + number // 26) + chr(97 + number % 26)


def followed(wanted):
    """A patch of Bo's some days later, on its own, that names who reported it."""
    if 'follow' not in wanted:
        return []
    reporter = wanted['follow'].capitalize()
    return [('Bo', 'Advance the index behind the copy.\n\nReported-by: @%s@\n'
             'Signed-off-by: @Bo@\n' % reporter + DIFF, 0,
             {'Subject': '[PATCH] fifo: advance the index',
              'In-Reply-To': '<none.{}@example.org>',
              'Date': 'Fri, 13 Mar 2026 12:00:00 +0000'})]


def write(maildir):
    for sub in ('cur', 'new', 'tmp'):
        os.makedirs(os.path.join(maildir, sub), exist_ok=True)
    for number, (_, title, mails, wanted) in enumerate(STORIES):
        word = letters(number)
        mails = [*mails, *followed(wanted)]
        people = {who: '%s Berg%s <%s@%s.example.org>' % (who, word, who.lower(), word)
                  for who in ('Ada', 'Bo', 'Cy', 'Bot', 'Other')}
        title = title.format('ring' + word)
        for k, mail in enumerate(mails):
            who, text, answers, more = (*mail, *(0, {})[len(mail) - 2:])
            when = datetime.datetime(2026, 3, 10, 9 + k, tzinfo=datetime.timezone.utc)
            head = {'From': people[who], 'To': 'dev@lists.example.org',
                    'Cc': ', '.join(people[name] for name in ('Bo', 'Cy')),
                    'Subject': title if k == 0 else 'Re: ' + title,
                    'Date': email.utils.format_datetime(when),
                    'Message-ID': '<%s.%d@example.org>' % (word, k),
                    'List-Id': '<dev.lists.example.org>', 'MIME-Version': '1.0',
                    'Content-Type': 'text/plain; charset=utf-8'}
            if k > 0:
                head['In-Reply-To'] = '<%s.%d@example.org>' % (word, answers)
            head.update({key: value.format('ring' + word) for key, value in more.items()})
            for name, address in people.items():
                head['To'] = head['To'].replace('@%s@' % name, address)
            for name, address in people.items():
                text = text.replace('@%s@' % name, address)
                text = text.replace('[%s]' % name, '[%s]' % address.split(' <')[0])
            path = os.path.join(maildir, 'cur', '%s.%d:2,S' % (word, k))
            with open(path, 'w', encoding='utf-8') as out:
                out.write(''.join('%s: %s\n' % field for field in head.items()))
                out.write('\n' + text + '\n')


def status_lines(path):
    """Where each thread stands, as a report as text says it: by its first mail."""
    lines, root = {}, None
    with open(path, encoding='utf-8') as report:
        for line in report:
            line = line.strip()
            if line.startswith('mid:'):
                root = line[4:]
            elif not line or line[0].isdigit() and ' mail' in line[:12]:
                root = None
            elif root:
                lines[root] = lines.get(root, '') + ' ' + line
    return lines


def faults(thread, front, status, wanted, word):
    """What of a thread is not as it should be."""
    applied = thread['applied'] or {}
    summary = ' '.join(item['text'] for part in thread['summary'].values()
                       if isinstance(part, list) for item in part
                       if isinstance(item, dict) and 'text' in item)
    decided = ' '.join(item['text'] for item in thread['summary']['decisions'])
    waiting = wanted.get('waiting')
    wanted = {key: value.replace('@', word) if isinstance(value, str) else value
              for key, value in wanted.items()}
    gist = thread['summary']['topic']
    owed = [item['why'] for item in front['open'] if item['list'] in LISTS and
            item['root_id'] == thread['root_id']]
    seen = {
        'owed': owed[0] if owed else None,
        'no_owed': wanted.get('no_owed') if wanted.get('no_owed') not in owed else owed,

        'state': thread['state'], 'kind': thread['kind'],
        'applied': applied.get('patches'), 'tree': applied.get('tree'),
        'waiting': thread['waiting_for'],
        'questions': len(thread['open_questions']),
        'tags': len(thread['trailers']),
        'told': wanted.get('told') if wanted.get('told', '').lower() in summary.lower()
                else summary,
        'untold': wanted.get('untold') if wanted.get('untold', '-') not in summary
                  else summary,
        'decided': wanted.get('decided') if wanted.get('decided', '') in decided else decided,
        'undecided': wanted.get('undecided') if wanted.get('undecided', '-') not in decided
                     else decided,
        'gist': wanted.get('gist') if wanted.get('gist', '') in gist else gist,
        'ungist': wanted.get('ungist') if wanted.get('ungist', '-') not in gist else gist,
        'status': wanted.get('status') if wanted.get('status', '') in status else status,
        'unstatus': wanted.get('unstatus') if wanted.get('unstatus', '\0') not in status
                    else status,
        'front': next((name for name in ('closed', 'broke') if any(
            line['root_id'] == thread['root_id'] for line in front[name])), None),
        'no_event': wanted.get('no_event') if not any(
            event['type'] == wanted.get('no_event') for event in thread['events'])
                    else 'one',
    }
    if waiting:
        wanted['waiting'] = '%s Berg%s' % (waiting, word)
    return ['%s: %r, not %r' % (key, seen[key], value)
            for key, value in wanted.items() if key != 'follow' and seen[key] != value]


def check(path, as_text):
    with open(path, encoding='utf-8') as report:
        told = json.load(report)
    status = status_lines(as_text)
    threads = {thread['root_id']: thread for thread in told['threads']}
    for number, (name, _, _, wanted) in enumerate(STORIES):
        word = letters(number)
        root = '%s.0@example.org' % word
        thread = threads.get(root)
        wrong = (faults(thread, told['front'], status.get(root, ''), wanted, word)
                 if thread else ['it is not there'])
        print('%sok - %s' % ('not ' if wrong else '', name))
        for fault in wrong:
            print('# ' + fault)


if __name__ == '__main__':
    if sys.argv[1] == 'write':
        write(sys.argv[2])
    else:
        check(sys.argv[2], sys.argv[3])
